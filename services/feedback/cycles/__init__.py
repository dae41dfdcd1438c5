"""What a cycle means for feedback: phases, personnel, outages."""
