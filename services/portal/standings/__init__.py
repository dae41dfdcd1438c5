"""How far everybody in a cycle has come: a row a member, to be listed, filtered and sorted; never a predicate in it."""
