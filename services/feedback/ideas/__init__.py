"""Ideas that somebody submits to the leader."""
