"""Results for those who may read them, what one is made from, and scoring again without writing."""
