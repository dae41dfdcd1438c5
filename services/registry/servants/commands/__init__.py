"""Civil servants and who rates them: what can be done."""
