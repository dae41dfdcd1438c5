"""Assessments: who is asked, what each gives, and what is revised."""
