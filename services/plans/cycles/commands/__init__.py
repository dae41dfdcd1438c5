"""What a cycle means for plans: what can be done."""
