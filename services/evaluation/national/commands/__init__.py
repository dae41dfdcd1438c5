"""Making a batch, sending its rows, and settling what was answered."""
