"""Notices are written for an event and stored with their deliveries."""
