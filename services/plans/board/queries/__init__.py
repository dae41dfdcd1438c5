"""How far a cycle is: in numbers, and person by person."""
