"""Commands of objections, from filing to the final decision (PermenPANRB 6/2022 art. 29, L V.B)."""
