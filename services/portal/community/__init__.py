"""What the community answered: the office brings a file, and everybody concerned sees the counts."""
