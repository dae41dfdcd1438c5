"""Who holds which position from when: appointments, moves between cities, and changes that are still to come."""
