"""A result's way: computed, provisional, signed, received, contested, final; a file a step."""
