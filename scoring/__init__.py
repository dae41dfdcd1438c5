"""The scoring engine: from indicators and assessments to score, predicate and a trace that explains every step; pure."""
