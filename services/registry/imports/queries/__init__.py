"""What is recorded before an import, and what past imports did."""
