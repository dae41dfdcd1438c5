"""Work results that the leader takes over, with a note that counts in the evaluation (PermenPANRB 6/2022 art. 20)."""
