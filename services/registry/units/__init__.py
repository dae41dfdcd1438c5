"""Units, and which policy, period and week apply to them."""
