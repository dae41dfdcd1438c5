"""Objections as their parties see them: filed while there are days left, followed by whose turn it is, withdrawn."""
