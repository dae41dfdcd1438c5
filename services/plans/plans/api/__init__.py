"""Performance plans (SKP): the HTTP door."""
