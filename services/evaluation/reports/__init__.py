"""Reports: results upward to the competent official, and outward to the national application."""
