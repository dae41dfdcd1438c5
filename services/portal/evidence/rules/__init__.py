"""What may be uploaded: pure rules."""
