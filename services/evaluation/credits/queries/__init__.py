"""Reads what credit points are counted by, and those that were counted."""
