"""Routes of cycles, of interventions in a running one, and of more time."""
