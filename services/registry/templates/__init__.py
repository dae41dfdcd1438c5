"""Files to fill in: what an import takes, with lists of allowed values and an example."""
