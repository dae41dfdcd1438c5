"""Findings that go before the performance office first: what can be done."""
