"""Reads plans and what they say, and knows who may."""
