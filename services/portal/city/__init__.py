"""The city in numbers, for its leadership: how far a cycle is, who is late, what came out; never a person."""
