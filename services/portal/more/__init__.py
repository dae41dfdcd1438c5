"""The index of everything that somebody has beside tasks, log, plan and results."""
