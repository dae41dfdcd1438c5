"""The routes of results: signing, reading and acknowledging them, and scoring a cycle again."""
