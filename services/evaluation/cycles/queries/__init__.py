"""Cycles and their phases: what can be read."""
