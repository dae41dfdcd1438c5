"""The log of work on a plan, where the city keeps one."""
