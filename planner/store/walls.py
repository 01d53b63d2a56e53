"""Which rows does a transaction see on PostgreSQL? Those of the owner it says it works for: a second wall, in the
database itself, behind `web/access.py`.

Every transaction says for whom it works (`announce`), and policies (migration 0018) hold each row against that, for
reading and for writing. Whoever has not said it sees nothing. EVERYBODY is said by what is not of one owner: workers,
commands, backups, migrations. The people of an installation (`people_tables.py`) stand outside: who somebody is must
be known before whose plans these are, and whether somebody has a place elsewhere is asked of all municipalities.

A superuser, and a role with BYPASSRLS, walks through every policy: `weakness` says so. SQLite has no such thing.
"""

from sqlalchemy import Connection

OPTION = "malrett_owner"
"""The execution option that holds for whom the transactions of a connection work."""
NOBODY, EVERYBODY = "", "*"
"""Neither is the name of an owner."""
POLICY = "of_owner"
_SETTING = "malrett.owner"


def announce(connection: Connection) -> None:
    """Say for whom the transaction works that has just begun; PostgreSQL forgets it when that ends."""
    owner = connection.get_execution_options().get(OPTION, NOBODY)
    connection.exec_driver_sql(f"SELECT set_config('{_SETTING}', %s, true)", (owner,))


def weakness(connection: Connection) -> str:
    """Why the policies would not hold whoever is connected here; empty where they do."""
    role, is_super, bypasses = connection.exec_driver_sql(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).one()
    if is_super or bypasses:
        return f"the role {role} {'is a superuser' if is_super else 'has BYPASSRLS'}, whom no policy holds"
    open_ = without(connection)
    return f"no policy holds the rows of {', '.join(open_)}" if open_ else ""


def without(connection: Connection) -> tuple[str, ...]:
    """Tables with a column that tells whose a row is, and no policy in force."""
    found = connection.exec_driver_sql(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace "
        "AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped "
        "AND a.attname IN ('plan_id', 'workshop_id', 'owner')) "
        "AND NOT (c.relrowsecurity AND c.relforcerowsecurity "
        f"AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '{POLICY}')) ORDER BY 1"
    )
    return tuple(found.scalars())


def foreign(connection: Connection) -> tuple[str, ...]:
    """Tables with a policy that this program has not made: it may hide rows from EVERYBODY too. To ask for no policies
    at all («SET row_security = off») would refuse our own, which show EVERYBODY all."""
    if connection.dialect.name == "sqlite":
        return ()
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = current_schema() AND policyname <> '{POLICY}' "
        "ORDER BY 1"
    )
    return tuple(found.scalars())
