"""Where the plans and reports of a cycle are."""
