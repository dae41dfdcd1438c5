"""Who leads a unit, and what the units of a cycle achieved."""
