"""Who looked at whose records: noted in the transaction of the reading, shown to those whose records they are."""
