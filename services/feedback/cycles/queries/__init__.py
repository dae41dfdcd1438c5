"""Reads of a cycle: what a command needs of it, and what its phases still wait for."""
