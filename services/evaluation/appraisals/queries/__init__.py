"""Appraisals as their readers see them, and which of them have everything."""
