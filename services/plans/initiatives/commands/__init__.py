"""Records initiatives and verifies them."""
