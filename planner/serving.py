"""How is the application put on an address? A production server with limits; never Flask's development server."""

import signal
import socket
import sys
from typing import Any

from flask import Flask
from waitress.server import create_server

from planner import logs
from planner.app import create_app
from planner.config import Config
from planner.services import sample
from planner.too_large import answer_with_pages
from planner.too_slow import close_who_drips
from planner.upkeep import Upkeep
from planner.web.access import LOCAL_OWNER

THREADS = 8
# A phone keeps its connection, and has several while a page loads; past this the next waits until another has left.
CONNECTIONS = 1000


def serve(config: Config, host: str, port: int, *, with_sample: bool = False) -> int:
    """Serve until interrupted. With a sample, one sample plan is made where the installation has none."""
    logs.set_up(config)
    app = create_app(config)
    place = app.extensions["planner"]
    place.jobs.keeper.start()
    upkeep = Upkeep(place.database)
    upkeep.round()
    upkeep.start()
    if with_sample:
        with app.app_context():
            sample.ensure(place.database, LOCAL_OWNER, "nb")
    port = port if _is_free(host, port) else _free_port(host)
    answer_with_pages()
    server = server_of(app, config, host, port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop is as orderly as Ctrl+C
    print(f"Målrett: http://{host}:{server.effective_port}/   (Ctrl+C stopper)", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        print(file=sys.stderr)
    finally:
        server.close()
        upkeep.close()
        place.close()
    return 0


def server_of(app: Flask, config: Config, host: str, port: int) -> Any:
    """The listening server, with every limit it is run with; `run` serves until it is closed. port 0: any."""
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,  # select() takes no more than 1024 files
        ident=None,
        # Refused while it arrives: without this, 400 MB were spooled to disk before the answer.
        max_request_body_size=config.upload_mb * 1024 * 1024 + 1024 * 1024,
        channel_timeout=60,
        # It takes X-Forwarded headers away unless told not to; `addresses.py` decides which of them are believed.
        clear_untrusted_proxy_headers=config.proxies == 0,
    )
    close_who_drips(sockets)
    return server


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
