"""What raters decide of the daily log, week by week, where the policy asks for it."""
