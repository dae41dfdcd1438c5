"""What must hold of a policy: each file judges one kind of fault and says where it is and how to fix it."""
