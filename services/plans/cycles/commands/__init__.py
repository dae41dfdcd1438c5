"""Opens and closes what a cycle asks of plans, extends it after an outage, and applies defaults when a ladder ends."""
