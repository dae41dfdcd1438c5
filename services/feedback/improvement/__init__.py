"""Months of improvement after a poor result."""
