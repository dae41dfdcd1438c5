"""Outages of the system, which extend what fell due."""
