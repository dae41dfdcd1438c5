"""Reads the files that people bring, and keeps for every value where it stands; knows nothing of what the values mean."""
