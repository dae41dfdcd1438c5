"""Objections against a result, from filing to decision (PermenPANRB 6/2022 art. 29, L V.B)."""
