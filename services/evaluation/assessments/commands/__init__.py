"""Assessments: what can be done."""
