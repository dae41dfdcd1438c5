"""Appraisals: one person in one cycle, with the relations that decide who assesses and who may read."""
