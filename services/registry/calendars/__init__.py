"""Legal calendars."""
