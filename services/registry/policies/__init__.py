"""Versions of policies: what each place gave, and what applies there after inheritance."""
