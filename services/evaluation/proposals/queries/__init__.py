"""Proposals as they are read, and the cases that they are made from."""
