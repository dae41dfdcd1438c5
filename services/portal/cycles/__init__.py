"""Cycles as the copies have them: which one a day belongs to, how it is called, and what its policy uses."""
