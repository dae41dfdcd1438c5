"""What the feedback service does: each command locks, decides, records and emits in one transaction."""
