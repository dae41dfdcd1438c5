"""Which days are special, who says so, and in which zone a city counts them."""
