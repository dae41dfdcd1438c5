"""Policies for the office: versions and what changed between them, publishing one from a file, and what one would have done."""
