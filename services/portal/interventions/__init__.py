"""What was done to a cycle or set otherwise than the rules would have it: for the auditor, and for the office that did it."""
