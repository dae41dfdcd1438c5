"""Whether what changed in a published document breaks somebody who reads it: pure, documents in, breaks out."""
