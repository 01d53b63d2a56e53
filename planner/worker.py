"""How is the work of an installation done in a process of its own? `planner worker`, as many of them as one likes.

Each has `solve_workers` threads, yet no more solves than that run at once in all of them: the database decides.
"""

import signal
import threading
from types import FrameType

from planner import child, logs
from planner.config import Config
from planner.job_keeper import Keeper
from planner.job_queue import Queue
from planner.job_runner import Runner
from planner.store.database import Database
from planner.upkeep import Upkeep


def work(config: Config) -> int:
    """Work until told to stop by a signal; what runs then waits for another worker."""
    logs.set_up(config)
    closing = threading.Event()

    def close(_signal: int, _frame: FrameType | None) -> None:
        closing.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, close)
    database = Database(config.database_url)
    database.migrate()
    child.warm()
    keeper, queue = Keeper(database, closing), Queue(config, Runner(config, database, closing).look, inside=False)
    keeper.start()
    queue.work()
    print(f"Målrett worker: at most {config.solve_workers} at once   (Ctrl+C stops it)", flush=True)
    upkeep = Upkeep(database)
    upkeep.start()
    closing.wait()
    upkeep.close()
    queue.close()
    keeper.join()
    database.close()
    return 0
