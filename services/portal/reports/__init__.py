"""Reports of actuals: what was achieved of each indicator in a period, with what it rests on."""
