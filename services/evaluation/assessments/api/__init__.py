"""Routes of assessments: the form that an assessor fills in, and giving an assessment."""
