"""Recorded changes, and the lines of superiors that they cut or join."""
