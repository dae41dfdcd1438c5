"""For auditors: what was done, about whom, by whom and why; what the office changed; results with their traces."""
