"""The achievement of organisations, and who leads them."""
