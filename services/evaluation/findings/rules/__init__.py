"""Findings that go before the performance office first: what is decided, without database or clock."""
