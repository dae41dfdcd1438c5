"""Backups of the services' databases, and drills that restore them and prove what came back."""
