"""What the portal emits."""
