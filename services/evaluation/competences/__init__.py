"""Technical competences of posts: what each asks for, frozen in a cycle, and how far from it each person was assessed."""
