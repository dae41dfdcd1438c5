"""The office's side of learning: sessions planned, invited to, reported and called off; materials; who has been reached."""
