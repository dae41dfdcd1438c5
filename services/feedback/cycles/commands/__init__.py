"""What happens to a cycle's obligations here: opened, cleared, passed on, extended."""
