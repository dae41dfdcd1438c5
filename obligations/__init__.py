"""Who owes what, by when: opened and closed with the state change, moved by recorded facts, swept when due."""
