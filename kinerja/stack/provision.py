"""A service's database and its three roles, made on a server where they are missing."""

from collections.abc import Callable

import asyncpg

_RIGHTS_GIVEN = """
select exists (
    select from pg_database, aclexplode(datacl)
    where datname = $1 and privilege_type = 'CONNECT' and grantee = (select oid from pg_roles where rolname = $2)
)
"""
_ROLE = "select format('create role %I login', $1::text) || coalesce(format(' password %L', $2::text), '')"
# Who makes a database for another role, and closes it to the public, must be of that role; a superuser is of every one.
_OF_IT = "select pg_has_role(current_user, $1, 'usage')"
Secret = Callable[[str], str]
"""The password of a role that is made now."""


async def provision(
    connection: asyncpg.Connection, database: str, roles: tuple[str, str, str], secret: Secret | None = None
) -> None:
    """What is there stays as it is; grants on tables and policies are the migrations' work.

    Raises asyncpg.InsufficientPrivilegeError if the connection's role may not make what is missing.
    """
    owner, app, relay = roles
    for role in roles:
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
            password = secret(role) if secret else None
            await connection.execute(await connection.fetchval(_ROLE, role, password))
    if not await connection.fetchval("select 1 from pg_database where datname = $1", database):
        await _belong(connection, owner)
        await connection.execute(f'create database "{database}" owner "{owner}"')
    if not await connection.fetchval(_RIGHTS_GIVEN, database, app):
        await _belong(connection, owner)
        await connection.execute(
            f'revoke connect, temporary on database "{database}" from public;'
            f' grant connect on database "{database}" to "{app}", "{relay}"'
        )


async def _belong(connection: asyncpg.Connection, owner: str) -> None:
    if not await connection.fetchval(_OF_IT, owner):
        await connection.execute(f'grant "{owner}" to current_user')
