"""Routes of reports: to the competent official, and the national export."""
