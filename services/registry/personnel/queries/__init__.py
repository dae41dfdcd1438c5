"""Changes of personnel: what can be read."""
