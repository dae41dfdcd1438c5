"""Appraisals: what can be read."""
