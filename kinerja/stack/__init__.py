"""The embedded local stack: PostgreSQL, Temporal, broker and mail sink from packages, and Kinerja's own processes."""
