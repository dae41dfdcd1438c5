"""The published standard of a cycle: what is judged, by whom, and when; read and acknowledged."""
