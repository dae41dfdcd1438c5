"""Signing in and out: OpenID Connect with the city's issuer; tokens stay here, the browser holds one opaque cookie."""
