"""What can be read of obligations: one person's, everybody's, a cycle's."""
