"""Cycles and their phases: the HTTP door."""
