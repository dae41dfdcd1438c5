"""Legal calendars: what is decided, without database or clock."""
