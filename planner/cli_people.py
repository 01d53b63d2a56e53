"""Whoever runs an installation makes municipalities, and the first way in: links, never passwords."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.store.database import Database


def add_people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "municipality",
        help="add a municipality to a server installation, or list them",
        description="Without a name, lists the municipalities. With a name and an address, makes one and prints "
        "the path of a link by which whoever leads it comes in; with the name of one that is there, one more link.",
    )
    parser.add_argument("name", nargs="?", help="its name, for instance «Prøvevik kommune»")
    parser.add_argument("--director", metavar="EMAIL", help="whoever is to lead it")
    parser.add_argument("--language", choices=("nb", "nn", "en"), default="nb")
    parser.set_defaults(run=_municipality)
    parser = commands.add_parser(
        "new-password",
        help="print the path of a link to a new password",
        description="For an account in several municipalities, whose directors may not do this.",
    )
    parser.add_argument("email")
    parser.set_defaults(run=_new_password)


def _municipality(args: argparse.Namespace) -> int:
    from planner.services import installation

    database = _open()
    try:
        if args.name is None:
            for name in installation.municipalities(database):
                print(name)
            return 0
        if args.director is None:
            print("--director is missing: the address of whoever is to lead it")
            return 2
        path = installation.add_municipality(database, args.name, args.language, args.director)
    finally:
        database.close()
    return _told(path, "That is no address, or no name of at most 200 letters.")


def _new_password(args: argparse.Namespace) -> int:
    from planner.services import installation

    database = _open()
    try:
        path = installation.new_password(database, args.email)
    finally:
        database.close()
    return _told(path, "There is no account with this address.")


def _told(path: str | None, trouble: str) -> int:
    print(path or trouble)
    return 0 if path else 2


def _open() -> "Database":
    from planner.config import from_environment
    from planner.store.database import Database

    database = Database(from_environment().database_url)
    database.migrate()
    return database
