"""What the feedback service answers to who may ask."""
