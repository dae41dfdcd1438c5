"""What is recorded of the reader: post, unit, rater, attendance, and how results developed."""
