"""What is decided about batches and rows without looking anywhere."""
