"""The feed over HTTP."""
