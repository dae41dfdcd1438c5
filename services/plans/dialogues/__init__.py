"""Dialogues about a plan: recorded by one side, confirmed by the other."""
