"""Everything published in a city, in order, as a feed."""
