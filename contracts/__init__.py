"""What the parts of Kinerja tell and ask one another; imports no other part."""
