"""How is the application put on an address? A production server with limits; never Flask's development server."""

import errno
import logging
import signal
import socket
import sys
from typing import Any

from flask import Flask
from waitress.server import create_server

from planner import doctor_names, logs
from planner.app import create_app
from planner.config import Config, given_names, is_loopback
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
    if refusal := _refusal(config, host):
        print(refusal, file=sys.stderr)
        return 2
    trouble = _trouble(host, port)
    if trouble and not (with_sample and trouble.errno == errno.EADDRINUSE):
        print(_cannot_listen(host, port, trouble), file=sys.stderr)
        return 2
    if trouble:
        print(f"Port {port} er opptatt av et annet program, så en annen tas i stedet.", flush=True)
        port = 0
    logs.set_up(config)
    for name, meant in doctor_names.unknown(given_names()):
        told = f"; did you mean {meant}?" if meant else ""
        logging.getLogger("planner").warning("%s is no setting%s", name, told)
    app = create_app(config)
    place = app.extensions["planner"]
    place.jobs.keeper.start()
    upkeep = Upkeep(place.database)
    upkeep.round()
    upkeep.start()
    if with_sample:
        with app.app_context():
            sample.ensure(place.database, LOCAL_OWNER, "nb")
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


def _refusal(config: Config, host: str) -> str:
    """Why it must not be put on this address, or «»: without sign-in, whoever gets there sees everything."""
    if config.access == "local" and not is_loopback(host):
        return (
            f"Without sign-in, everyone who reaches {host} would share all plans; it listens on this machine alone "
            "(127.0.0.1). For others to use it, set MALRETT_ACCESS=server: docs/run-one-office.md"
        )
    return ""


def _trouble(host: str, port: int) -> OSError | None:
    """What is in the way of listening there."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error
    return None


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken by another program, perhaps by Målrett itself. "
            f"Stop that one, or name another port: --port {port + 1}"
        )
    return f"{host}, port {port}, cannot be listened on: {error.strerror or error}."
