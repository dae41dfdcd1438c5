"""What is done about sessions: planned, invited to, enrolled in, reported, called off; and the receipt of the standard."""
