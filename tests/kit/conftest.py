"""A database to try the kit in: any service has the kit's tables, this one has no duties of its own."""

import pytest

from kit.db import Database
from tests.conftest import DatabaseOf


@pytest.fixture
def kit_db(database_of: DatabaseOf) -> Database:
    return database_of("notify")
