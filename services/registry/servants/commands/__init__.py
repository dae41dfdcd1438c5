"""Records people, who rates them from which day on, and their reviewing authorities."""
