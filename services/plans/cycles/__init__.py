"""What a cycle means for plans: phases opened and closed, defaults at the end of a ladder, outages."""
