"""The patience of Kinerja: stories that wait for weeks, and the triggers that wake them from Kafka events."""
