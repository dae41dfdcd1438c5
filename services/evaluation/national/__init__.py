"""Batches of final results for the national application, how they are sent, and what is answered."""
