"""Questions about a provisional result, and their answers."""
