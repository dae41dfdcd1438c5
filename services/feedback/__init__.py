"""Feedback, ideas, clarifications, objections, development and recognition, and the sessions before a cycle."""
