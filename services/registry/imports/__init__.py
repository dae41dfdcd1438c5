"""Imports of the files of a place: judged whole, then recorded or refused."""
