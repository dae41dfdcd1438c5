"""A reviewing authority lets an objection in whose window is over, with a reason (PermenPANRB 6/2022, L V.B.1-2)."""
