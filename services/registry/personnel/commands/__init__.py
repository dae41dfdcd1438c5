"""Changes of personnel: what can be done."""
