"""Reminders of the daily log: of days without an entry, and of weeks that wait for a rater."""
