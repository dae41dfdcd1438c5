"""Rating people: one on one page, a whole team's period at once, and signing the results that are ready."""
