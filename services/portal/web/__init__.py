"""What every page has in common: who looks, in which language, what it is made with, and how it refuses."""
