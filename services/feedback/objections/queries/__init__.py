"""Reads of objections: case files, statistics, and what their commands must know first."""
