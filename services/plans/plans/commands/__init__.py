"""Performance plans (SKP): what can be done."""
