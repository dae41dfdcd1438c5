"""Assistants: who enters for a civil servant without a computer, declared by the office, from a day to a day."""
