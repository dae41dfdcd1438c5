"""Who owes what by when: a copy of every obligation, to be shown with names and links."""
