"""The branch of a reviewing authority: units and raters at a glance, who is late, a reminder, raters compared."""
