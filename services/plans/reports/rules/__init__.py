"""Which periods are reported, the states of a report, and what its figures must say."""
