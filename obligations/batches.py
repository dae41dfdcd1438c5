"""How many obligations travel in one event."""

IN_ONE_EVENT = 400
"""Items of one obligation event: some 120 KB of JSON, far below the broker's 1 MB."""
