"""What a civil servant brings: ideas, requests for support, initiatives; each with what became of it."""
