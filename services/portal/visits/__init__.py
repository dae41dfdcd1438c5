"""Visits of a panel: the date, the checklist, numbered findings with proof, assessments, and what the visited head answers."""
