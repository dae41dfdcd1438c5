"""A final result as rows of the national application, and what holds one back; pure."""
