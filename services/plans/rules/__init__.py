"""The rules of plans: pure, no clock, no session; where possible they are data."""
