"""One official form of each kind with every field that it has, as golden data."""
