"""The demonstration: simulated people live through a half-year cycle in five places, through the public APIs only."""
