"""Everybody's to-do list."""
