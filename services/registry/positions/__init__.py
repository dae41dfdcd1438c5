"""Which positions people held, one after another: what credit points are counted by."""
