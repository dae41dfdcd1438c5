"""Templates of plans: content that the office or a leader keeps for a position, from which a plan may start."""
