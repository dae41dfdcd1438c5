"""A database to try the kit in: that of any service has all of the kit's tables."""

import pytest

from kit.db import Database
from tests.conftest import DatabaseOf


@pytest.fixture
def kit_db(database_of: DatabaseOf) -> Database:
    return database_of("plans")
