"""E-mail: what a message looks like and how often it is tried."""
