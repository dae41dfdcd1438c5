"""Dialogues about a plan."""
