"""Makes the reports of a cycle, takes them in, takes them over, and keeps their due dates."""
