"""What the performance office sees of notices and obligations."""
