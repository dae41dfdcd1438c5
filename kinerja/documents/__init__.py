"""The documents in ``docs/api``: what each service answers over HTTP and emits over Kafka, made from the code itself."""
