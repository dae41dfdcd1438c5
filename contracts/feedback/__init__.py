"""What the feedback service emits and is asked, a file a subject."""
