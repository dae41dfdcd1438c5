"""Appraisals: what can be done."""
