"""What changes the library of good practices."""
