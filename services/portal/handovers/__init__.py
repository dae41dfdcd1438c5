"""A rater arranges who rates while he or she is away: hands over for a leave, or proposes an acting official to the office."""
