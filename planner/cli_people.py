"""Whoever runs an installation makes municipalities, and the first way in: links, never passwords."""

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.store.database import Database


def add_people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "municipality",
        help="add a municipality to a server installation, or list them",
        description="Without a name, lists the municipalities. With a name and an address, makes one and prints "
        "a link by which whoever leads it comes in; with the name of one that is there, one more link.",
    )
    parser.add_argument("name", nargs="?", help="its name, for instance «Prøvevik kommune»")
    parser.add_argument("--director", metavar="EMAIL", help="whoever is to lead it")
    parser.add_argument("--language", choices=("nb", "nn", "en"), default="nb")
    parser.set_defaults(run=_municipality)
    parser = commands.add_parser(
        "new-password",
        help="print a link to a new password",
        description="For an account in several municipalities, whose directors may not do this.",
    )
    parser.add_argument("email")
    parser.set_defaults(run=_new_password)


def _municipality(args: argparse.Namespace) -> int:
    from planner.services import installation

    if (database := _open()) is None:
        return 2
    try:
        if args.name is None:
            for name in installation.municipalities(database):
                print(name)
            return 0
        if args.director is None:
            print("--director is missing: the address of whoever is to lead it", file=sys.stderr)
            return 2
        path = installation.add_municipality(database, args.name, args.language, args.director)
    finally:
        database.close()
    return _told(path, "That is no address of e-mail, or no name of at most 200 letters.", "seven days")


def _new_password(args: argparse.Namespace) -> int:
    from planner.services import installation

    if (database := _open()) is None:
        return 2
    try:
        path = installation.new_password(database, args.email)
    finally:
        database.close()
    return _told(path, "There is no account with this address.", "a day")


def _told(path: str | None, trouble: str, lasts: str) -> int:
    """The link, on standard output alone; what to know of it beside it."""
    from planner.config import from_environment

    if path is None:
        print(trouble, file=sys.stderr)
        return 2
    address = from_environment().external_url
    print(address + path)
    where = "" if address else " Put the address that people use before it (MALRETT_EXTERNAL_URL is not set)."
    print(f"Give it to that person and nobody else: it opens once, within {lasts}.{where}", file=sys.stderr)
    return 0


def _open() -> "Database | None":
    """None, with words, where nobody signs in: it would be made in another database than the installation's."""
    from planner.config import from_environment
    from planner.store.database import Database

    if (access := from_environment().access) != "server":
        print(
            f"Nobody signs in here (MALRETT_ACCESS={access}). Run this with the settings of the installation, as its "
            "user: `malrett …` where it was set up by docs/run-one-office.md.",
            file=sys.stderr,
        )
        return None
    database = Database(from_environment().database_url)
    database.migrate()
    return database
