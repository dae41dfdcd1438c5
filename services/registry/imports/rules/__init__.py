"""Imports of the files of a place: what is decided, without database or clock."""
