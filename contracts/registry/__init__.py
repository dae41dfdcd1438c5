"""What the registry emits, a file a subject: master data, one event per changed entity, keyed by the entity (a compacted topic)."""
