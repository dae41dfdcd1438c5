"""Training and socialisation sessions, and who has read the standard."""
