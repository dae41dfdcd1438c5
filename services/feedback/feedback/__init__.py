"""Feedback between people (PermenPANRB 6/2022 arts 17-19)."""
