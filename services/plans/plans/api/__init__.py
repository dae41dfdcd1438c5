"""Routes of plans, their versions and the goals they link to, with what is asked and answered."""
