"""The performance office's review of plans: a sample drawn by lot, and what was found of each plan in it."""
