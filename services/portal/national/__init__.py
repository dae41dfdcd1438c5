"""Batches of final results for the national application: made after a check, sent, answered, and what was rejected."""
