"""The legal calendar of a city: holidays, collective leave and the city's own days."""
