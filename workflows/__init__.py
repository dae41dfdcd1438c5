"""What Kinerja waits for over weeks: Temporal workflows, and the triggers that start and signal them from Kafka events."""
