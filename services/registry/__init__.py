"""The registry: units, civil servants, rater relations, policy versions and calendars of every city."""
