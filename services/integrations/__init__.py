"""Integrations: what others are told of what happens here."""
