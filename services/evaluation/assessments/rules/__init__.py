"""Assessments: what is decided, without database or clock."""
