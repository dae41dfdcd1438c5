"""Cycles and their phases: what can be done."""
