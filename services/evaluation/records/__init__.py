"""What was recorded about a person while the period ran, gathered for whoever assesses as the superior."""
