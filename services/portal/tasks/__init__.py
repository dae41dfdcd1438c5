"""The start page: what the reader owes, by when, and what happens if nothing is done."""
