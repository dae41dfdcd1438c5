"""Reads of the plans service, and who may read what."""
