"""Commands of improvement cases: their months, the reviews, and the decision."""
