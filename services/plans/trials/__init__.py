"""Trial plans: indicators and actuals that somebody tries out alone; nobody else sees, rates or counts them."""
