"""Who has attended a session on which topic of a cycle: by person, and by unit."""
