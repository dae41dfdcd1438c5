"""Who is told what, and in which words: pure, without a database."""
