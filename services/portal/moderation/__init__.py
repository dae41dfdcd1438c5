"""The queue of findings about ratings: who and what each is about, a question to whom it concerns, the closing of it."""
