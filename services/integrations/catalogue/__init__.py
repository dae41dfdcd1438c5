"""The published language as it is read over HTTP."""
