"""Cycles, their phases, how far they have come, and what a command needs to know of one."""
