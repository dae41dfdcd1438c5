"""The language of policies: documents in layers, what each value is called and where it comes from, and whether a policy holds; pure."""
