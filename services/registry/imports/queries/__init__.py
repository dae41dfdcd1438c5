"""Imports of the files of a place: what can be read."""
