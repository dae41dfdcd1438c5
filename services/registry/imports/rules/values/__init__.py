"""Values as people write them, in the one way in which they are kept; what is ambiguous is a question, never a guess."""
