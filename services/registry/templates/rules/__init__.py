"""What a file to fill in holds, and how it is written."""
