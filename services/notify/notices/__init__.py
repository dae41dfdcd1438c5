"""Notices: who is notified of what, in which words."""
