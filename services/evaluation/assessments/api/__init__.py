"""Routes of assessments: the form, giving one, the colleagues named for it, and scores that stand apart."""
