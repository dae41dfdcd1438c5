"""Reads a submission and judges it, whole, against what is recorded."""
