"""What an assessor fills in, and what the ratings mean; without database or clock."""
