"""Which months count for which level, and what comes of them; pure."""
