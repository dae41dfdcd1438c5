"""What is decided about a delivery without looking anywhere."""
