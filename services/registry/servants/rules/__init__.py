"""Civil servants and who rates them: what is decided, without database or clock."""
