"""What was sent to an endpoint, what it answered, and what is to be sent again."""
