"""Who holds an office of the city from when to when: civil servants, and others by an account of their own."""
