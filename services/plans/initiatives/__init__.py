"""Initiatives, innovations and ideas, and their verification."""
