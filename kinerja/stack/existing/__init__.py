"""Engines that exist already: named with `kinerja up --kafka --postgres --temporal`, used, and never stopped or emptied."""
