"""What each official form says, in which words, and how it is typeset."""
