"""Files of an office sent to the registry: what their columns mean is proposed, confirmed once, and what came of it shown."""
