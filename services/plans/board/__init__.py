"""How far the plans and reports of a cycle are, in numbers."""
