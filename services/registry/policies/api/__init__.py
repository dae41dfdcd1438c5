"""What is read of policies: by people of the city, and by anybody."""
