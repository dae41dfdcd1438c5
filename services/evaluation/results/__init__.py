"""Results: computed, provisional, signed, received, final; every version stays."""
