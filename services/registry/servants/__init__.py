"""Civil servants and who rates them."""
