"""How Alembic runs the migrations of the plans service."""

from kit.migrate import run_environment

run_environment()
