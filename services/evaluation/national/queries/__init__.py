"""Batches, their rows, and what was held back."""
