"""Findings that go before the performance office first: gaps between sources, raters' habits, spread of predicates."""
