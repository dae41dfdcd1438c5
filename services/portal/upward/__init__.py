"""The report of a cycle's results to the competent official."""
