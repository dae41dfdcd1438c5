"""The servant's own plan: written, checked, proposed, mended where it was returned, confirmed once it is set."""
