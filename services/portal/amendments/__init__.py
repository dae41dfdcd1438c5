"""A plan that was set is amended by the rater in the middle of its period, with a reason; the old version is kept."""
