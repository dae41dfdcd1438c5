"""Periodic evaluations inside a cycle (PermenPANRB 6/2022 art. 24)."""
