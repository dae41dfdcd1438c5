"""The review of the appraisal system at the end of a cycle: the numbers, the findings, what is to be done and by whom."""
