"""What changes a panel: a declared conflict, or the naming by the office."""
