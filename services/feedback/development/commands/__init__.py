"""Commands of what follows a final result: proposed by the policy, planned or decided by people."""
