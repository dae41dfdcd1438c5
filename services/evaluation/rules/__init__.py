"""What the evaluation service decides by, as pure functions: no database, no clock, no network."""
