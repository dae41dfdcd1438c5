"""Feedback: given to others, read and answered by whom it is about."""
