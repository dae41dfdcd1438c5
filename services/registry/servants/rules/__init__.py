"""What a NIP, a position, a grade and a rater relation can be, and who may rate by rank."""
