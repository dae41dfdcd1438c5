"""Notices that were sent to the reader."""
