"""The form by which a colleague is assessed without a name."""
