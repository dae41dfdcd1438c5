"""Periodic evaluations: asked for, given one by one, and given for many at once."""
