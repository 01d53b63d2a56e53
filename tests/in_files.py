"""Is a text anywhere in what an installation keeps? In its data folder, and in the files of its tables."""

from pathlib import Path

import psycopg
from sqlalchemy import text

from planner.store.database import Database

# Each table with what of its rows is kept on pages of their own (TOAST), as PostgreSQL itself reads the file.
_HOLDING = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 't') AND n.nspname IN ('public', 'pg_toast') AND c.oid >= 16384
    AND position(%(mark)s IN pg_read_binary_file(pg_relation_filepath(c.oid))) > 0 ORDER BY 1
"""


def keep_unpacked(database: Database) -> None:
    """From now on files and answers lie as they are and can be looked for: PostgreSQL packs what is long."""
    if not database.is_sqlite:
        with database._engine.begin() as connection:
            for table in ("survey_draft", "survey_answers"):
                connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN content SET STORAGE EXTERNAL"))


def holding(folder: Path, superuser_url: str, mark: bytes) -> list[str]:
    """The files in the folder, and on PostgreSQL the tables, that hold it."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and mark in one.read_bytes()]
    found = [one.name for one in files]
    if superuser_url:
        with psycopg.connect(superuser_url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            found += [name for (name,) in connection.execute(_HOLDING, {"mark": mark})]
    return found
