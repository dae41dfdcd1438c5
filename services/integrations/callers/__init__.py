"""Who may call: machines with an account of the city, and holders of offices."""
