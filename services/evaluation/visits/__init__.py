"""Visits: the independent panel's field visits to units, their dates, reports, responses and assessments."""
