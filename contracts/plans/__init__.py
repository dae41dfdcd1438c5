"""What the plans service emits and is asked, a file a subject."""
