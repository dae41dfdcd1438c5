"""What the public reads of a cycle that is over."""
