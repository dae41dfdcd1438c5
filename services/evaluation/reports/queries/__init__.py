"""What goes upward and outward: results changed by objections, reports that were made, and the national export."""
