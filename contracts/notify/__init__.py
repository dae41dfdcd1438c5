"""What the notify service emits."""
