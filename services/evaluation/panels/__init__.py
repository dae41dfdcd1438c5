"""Panels: who is independent of which unit and person, declared conflicts, and whom the office names for a visit."""
