"""Routes of the review of plans, and what they answer."""
