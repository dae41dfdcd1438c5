"""Performance plans, what was achieved of them, daily activity and initiatives."""
