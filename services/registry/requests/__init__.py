"""Requests of people about what is recorded of them: a wrong rater, an acting official, a conflict of interest."""
