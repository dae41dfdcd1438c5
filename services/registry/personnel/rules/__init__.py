"""Changes of personnel: what is decided, without database or clock."""
