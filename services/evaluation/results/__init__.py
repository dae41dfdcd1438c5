"""Results: computed, provisional, signed, received, objected to and final; no version is ever overwritten."""
