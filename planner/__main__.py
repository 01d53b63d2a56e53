"""`python -m planner` is the `planner` command."""

from planner.cli import run_and_exit

if __name__ == "__main__":
    run_and_exit()
