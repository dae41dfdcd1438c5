"""What a cycle means for plans: phases opened, plans closed, defaults when a ladder ends, outages, more time."""
