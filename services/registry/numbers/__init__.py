"""The numbers of people (NIP, NI PPPK): corrected or replaced without making a new person, both kept."""
