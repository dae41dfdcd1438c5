"""Reports of actuals, period by period: what can be done."""
