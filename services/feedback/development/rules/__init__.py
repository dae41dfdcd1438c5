"""Rules of what follows a final result: what the policy proposes, and the states it goes through."""
