"""Who looked at whose records here."""
