"""Profiles: one person across cycles, what was strong, what is to improve, and how each criterion moved."""
