"""Proposals: what follows from a final result, suggested to a competent official who decides."""
