"""Ideas that somebody brings to the leader."""
