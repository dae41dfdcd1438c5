"""Cycles are opened, enrolled, steered and closed; their phases begin and end; what else happens to the city is taken in."""
