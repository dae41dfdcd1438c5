"""What the feedback service decides, without a clock, a session or a door."""
