"""Assessors are asked, assess, and revise after a question."""
