"""The desk of the performance office: the state of the cycle, people found and seen whole, who is late."""
