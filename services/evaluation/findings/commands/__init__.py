"""Findings are detected, put to those concerned, and moderated by the performance office."""
