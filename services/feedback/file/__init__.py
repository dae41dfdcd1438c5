"""One's own file: everything here that is about oneself, and who looked at it."""
