"""The command line `kinerja` and the embedded local stack."""
