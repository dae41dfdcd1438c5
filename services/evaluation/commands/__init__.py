"""What the evaluation service does: each command locks, decides by the rules, records and tells, in one transaction."""
