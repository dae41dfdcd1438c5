"""What is wrong in the record of people: asked for by whoever it concerns, decided and mended by the performance office."""
