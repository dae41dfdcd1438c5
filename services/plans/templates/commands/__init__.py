"""Keeping templates, starting a plan from one, and giving one to many at once."""
