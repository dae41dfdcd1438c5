"""What a good practice is, and where it may go."""
