"""The evaluation service: cycles and phases, appraisals, assessments, visits, results and their versions."""
