"""For the city's people, without signing in: closed cycles in numbers, the policies in force, what they are good for."""
