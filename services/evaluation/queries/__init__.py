"""What the evaluation service answers when asked."""
