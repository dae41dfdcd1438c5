"""What follows from a final result: proposed by rule, decided by an official."""
