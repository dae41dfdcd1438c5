"""The review of a cycle, what was decided in it and how that is followed up, and what people said in the survey."""
