"""What a plan says, what it must be before it is proposed, and its states."""
