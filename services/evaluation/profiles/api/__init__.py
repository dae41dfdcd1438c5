"""Routes of profiles, and the profile as a table."""
