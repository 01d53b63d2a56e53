"""Serves on a port, and after each kill again, once for each line it is given: `python -m tests.served_again PORT`.

The program is read once and forked for each turn, so that twenty kills take seconds; what is killed is a whole server.
"""

import os
import sys

from planner.config import from_environment
from planner.serving import serve


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            serve(from_environment(), "127.0.0.1", int(sys.argv[1]))
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
