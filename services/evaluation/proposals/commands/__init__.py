"""What follows from a final result: what can be done."""
