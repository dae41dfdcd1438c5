"""The pulse of the culture: what everybody may answer once a cycle, and nobody can trace to a person."""
