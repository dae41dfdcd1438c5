"""Findings for those whom they concern, and the statistics that they are made from."""
