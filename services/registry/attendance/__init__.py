"""Attendance, imported for information: it counts for nothing, and no service hears of it."""
