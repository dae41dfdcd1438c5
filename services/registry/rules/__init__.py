"""What must hold of units, people and policies, and what follows from them; pure."""
