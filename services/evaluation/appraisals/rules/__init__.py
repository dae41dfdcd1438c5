"""Appraisals: their states, and who evaluates after a change of personnel; without database or clock."""
