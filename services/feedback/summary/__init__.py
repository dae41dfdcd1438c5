"""A cycle's feedback in numbers."""
