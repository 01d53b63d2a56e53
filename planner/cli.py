"""What can be asked from the command line? One subcommand each; `planner COMMAND --help` teaches it.

With --json a command writes one JSON object to standard output and nothing else there. Heavy libraries are imported
by the command that needs them, so that --help comes at once.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from planner import __version__
from planner.cli_gaps import add_gaps
from planner.cli_judgements import add_judgements
from planner.cli_operate import add_backup, add_restore
from planner.cli_people import add_people
from planner.cli_robust import add_robust
from planner.cli_solve import add_solve
from planner.cli_verify import add_verify
from planner.cli_why import add_why

EPILOG = """\
exit codes of solve: 0 proven, 3 stopped before proof, 4 no plan is possible, 2 the file is invalid, 1 a crash.
A problem file is JSON of the form malrett-problem/1; the web pages write one for every plan that is kept.
"""


def _serve(args: argparse.Namespace) -> int:
    from planner.config import from_environment
    from planner.serving import serve

    return serve(from_environment(), args.host, args.port, with_sample=args.with_sample)


def _worker(args: argparse.Namespace) -> int:
    from planner.config import from_environment
    from planner.worker import work

    return work(from_environment())


def _doctor(args: argparse.Namespace) -> int:
    from planner.doctor import examine

    return examine(as_json=args.json)


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, with_sample, text in (
        ("serve", False, "serve the web application"),
        ("demo", True, "serve it with a synthetic sample municipality in it"),
    ):
        parser = commands.add_parser(
            name,
            help=text,
            description=f"{text.capitalize()}, until interrupted. The address is printed. It is for this machine alone "
            "and without sign-in; with MALRETT_ACCESS=browser each browser has its own plans, with server "
            "people sign in and each municipality has its own (`planner municipality` makes the first).",
        )
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="port; demo takes another free one when it is busy")
        parser.set_defaults(run=_serve, with_sample=with_sample)


def _add_worker(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "worker",
        help="work the jobs that the web application leaves in the queue",
        description="Works the jobs of the installation, until interrupted: start it with the settings of the web "
        "application, which leaves them to it with MALRETT_QUEUE=worker. There may be several, on several machines "
        "with PostgreSQL; MALRETT_SOLVE_WORKERS says how many jobs run at once in all of them together.",
    )
    parser.set_defaults(run=_worker)


def _add_doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "doctor",
        help="say what is wrong with this installation",
        description="Looks at everything an installation stands on, run with its settings and as its user, and says of "
        "each thing: ok, WARNING (worth a look) or FAULT (does not hold), and what to do. Changes nothing.",
        epilog="exit codes: 0 nothing is a fault, 1 something is.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=_doctor)


ADDERS: tuple[Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None], ...] = (
    _add_serve,
    _add_worker,
    _add_doctor,
    add_people,
    add_backup,
    add_restore,
    add_solve,
    add_why,
    add_robust,
    add_judgements,
    add_verify,
    add_gaps,
)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="planner",
        description="From a resident survey to a proven four-year plan.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"planner {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in ADDERS:
        add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    args = build_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except Exception as error:
        # By name: their modules are not loaded for commands without a database.
        if type(error).__name__ == "BadSettings":
            print(f"The settings cannot be used: {error}", file=sys.stderr)
        elif type(error).__name__ == "CannotMigrate":
            print(error, file=sys.stderr)
        elif type(error).__name__ == "Unavailable":
            why = str(error.__cause__ or error).splitlines() or [""]
            print(f"The database does not answer (MALRETT_DATABASE_URL): {why[0]}", file=sys.stderr)
        else:
            raise
        return 2


def run_and_exit() -> None:
    sys.exit(main())
