"""Routes of assessments, of the colleagues who are named for them, and of scores that stand apart."""
