"""Alembic's entry: the kit runs the migrations."""

from kit.migrate import run_environment

run_environment()
