"""Results of a cycle as files for the national application, and what stays here with the reason."""
