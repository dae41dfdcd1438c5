"""Months of improvement after a poor result: what can be done."""
