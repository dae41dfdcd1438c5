"""Times in which nobody could work with the system: recorded by the office, so that what fell due then gets its days back."""
