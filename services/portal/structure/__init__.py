"""How the city is organised, as the copy has it: units in their tree, with codes, heads and people."""
