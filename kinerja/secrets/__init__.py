"""What a deployment must keep to itself: passwords, keys and certificates, made once and never overwritten."""
