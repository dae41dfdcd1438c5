"""E-mail: what is decided, without database or clock."""
