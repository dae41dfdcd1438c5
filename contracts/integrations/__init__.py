"""What the service of integrations emits."""
