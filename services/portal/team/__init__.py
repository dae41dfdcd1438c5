"""My team: who waits for me, who is late, and the plans that I set or return."""
