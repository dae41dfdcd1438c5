"""Who is notified of which event: one small function an event, a file a subject."""
