"""What follows a final result: development actions and recognitions."""
