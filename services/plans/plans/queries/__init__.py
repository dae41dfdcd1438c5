"""Performance plans (SKP): what can be read."""
