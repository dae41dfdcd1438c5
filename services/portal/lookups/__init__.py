"""Who looked at the reader's records, as every service noted it."""
