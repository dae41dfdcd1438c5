"""Alembic's entry to the registry's migrations."""

from kit.migrate import run_environment

run_environment()
