"""Initiatives, innovations and ideas, and their verification: what can be done."""
