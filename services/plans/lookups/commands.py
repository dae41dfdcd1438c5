"""Notes who reads records about others (``kit.lookups``), and forgets it in time."""

from directory.lookups import lookups

LOOKUPS = lookups()
