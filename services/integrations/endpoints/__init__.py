"""Where machines want to be told of published events: addresses, secrets, and when one is given up."""
