"""What can be done to plans; each command locks, decides, records and tells in one transaction."""
