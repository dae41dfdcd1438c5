"""Reads the files that people submit, and keeps for every value where it stands; knows nothing of what the values mean."""
