"""What is decided about an endpoint without looking anywhere."""
