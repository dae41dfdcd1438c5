"""Findings that go before the performance office first: the HTTP door."""
