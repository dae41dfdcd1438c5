"""What a change of personnel does, who leads whom after it, and its states."""
