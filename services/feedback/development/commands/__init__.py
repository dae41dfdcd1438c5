"""What follows a final result: what can be done."""
