"""Credit points (angka kredit): the positions that people held in a period, and how far they are from the next level."""
