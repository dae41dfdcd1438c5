"""Performance plans (SKP): drafted, proposed, answered, set, amended."""
