"""Routes of field visits."""
