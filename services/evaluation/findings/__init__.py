"""Findings: what statistics and policies find remarkable, and what the performance office makes of it (moderation)."""
