"""What to do about an alert: one runbook each, as a page in both languages and as docs/runbooks.md."""
