"""Cycles and their phases: opened, steered, closed; who takes part; the schedule of cycles that open by themselves."""
