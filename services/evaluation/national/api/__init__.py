"""Routes of batches for the national application."""
