"""What follows from a final result: what is decided, without database or clock."""
