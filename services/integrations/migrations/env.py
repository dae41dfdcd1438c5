"""Alembic's entry: the kit does the work."""

from kit.migrate import run_environment

run_environment()
