"""Commands that need no stack."""
