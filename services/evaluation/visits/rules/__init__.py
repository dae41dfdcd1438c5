"""What a visit's date, report and response must be like, and the states of a visit."""
