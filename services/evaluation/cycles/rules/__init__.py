"""Cycles and their phases: what is decided, without database or clock."""
