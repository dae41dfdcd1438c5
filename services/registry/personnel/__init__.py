"""Changes of personnel: transfers, statuses, raters, acting officials."""
