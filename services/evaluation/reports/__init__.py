"""Reports of results: upward to the competent official, and to the national application."""
