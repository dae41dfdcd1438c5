"""What the services answer, for forms that are made from it: each answer is held against the OpenAPI documents first."""
