"""What a cycle means for feedback: what can be done."""
