"""What the evaluation service emits and is asked, a file a subject."""
