"""A member of a panel says that he or she is not free to judge a unit or a person, and steps back."""
