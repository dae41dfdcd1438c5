"""Takes over positions that people held, and records points that they brought."""
