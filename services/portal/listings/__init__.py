"""Tables of numbers and names as a page of their own and as a paper for a meeting with its code, the same content in both."""
