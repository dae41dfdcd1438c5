"""The daily log."""
