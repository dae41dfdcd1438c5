"""Reports of actuals, period by period."""
