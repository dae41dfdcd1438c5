"""Notices: what can be done."""
