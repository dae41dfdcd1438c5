"""Commands of clarifications: what the servant asks, and what the rater answers."""
