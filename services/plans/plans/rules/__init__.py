"""Performance plans (SKP): what is decided, without database or clock."""
