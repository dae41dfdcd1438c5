"""The demonstration: simulated people live through a half-year cycle in every place, through the public APIs only."""
