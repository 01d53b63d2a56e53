"""How is the application watched over? /health (the process lives), /ready (it can work), /metrics, and log lines.

None of them tells of anybody: requests are counted by the pattern of their route. With several processes each has its
own figures.
"""

import logging
import secrets
import time
from dataclasses import asdict
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from planner.services import readiness
from planner.web.pages import installation, place

log = logging.getLogger("planner.request")
blueprint = Blueprint("watching", __name__)
HERE = ("127.0.0.1", "localhost", "[::1]")
SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Figures:
    """What one application has counted, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self.requests = Counter("malrett_requests", "Requests answered.", labels, registry=self.registry)
        self.seconds = Histogram(
            "malrett_request_seconds", "Time to the answer.", ("route",), buckets=SECONDS, registry=self.registry
        )
        self.unavailable = Counter("malrett_unavailable", "Answered with 503: the database was not to be used.",
                                   registry=self.registry)  # fmt: skip
        self.jobs = Gauge("malrett_jobs", "Jobs in the database.", ("state",), registry=self.registry)
        self.phones = Gauge("malrett_phones", "Phones in workshops of this process.", registry=self.registry)


@blueprint.get("/health")
def health() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/ready")
def ready() -> tuple[Response, int]:
    found = readiness.look(place().database, place().config)
    return jsonify(ready=found.is_ready, **asdict(found)), 200 if found.is_ready else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    if not (place().config.metrics or _on_this_machine()):
        abort(404)
    figures = _figures()
    for state, number in readiness.jobs(installation().database).items():
        figures.jobs.labels(state).set(number)
    figures.phones.set(place().live.phones())
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)


def _figures() -> Figures:
    figures: Figures = current_app.extensions["figures"]
    return figures


def _on_this_machine() -> bool:
    """A proxy on this machine asks from here too, for anybody: then the setting decides alone."""
    config, host = place().config, request.host.rpartition(":")[0] if ":" in request.host else request.host
    if config.proxies or config.external_url or host not in HERE:
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _begin() -> None:
    g.begun, g.request_id = time.perf_counter(), secrets.token_hex(6)


def _end(response: Response) -> Response:
    if request.blueprint == "watching" or "begun" not in g:
        return response
    route = request.url_rule.rule if request.url_rule else "-"
    seconds = time.perf_counter() - g.begun
    method = request.method if request.method in ("GET", "POST", "HEAD", "OPTIONS") else "other"
    figures = _figures()
    figures.requests.labels(route, method, f"{response.status_code // 100}xx").inc()
    figures.seconds.labels(route).observe(seconds)
    if response.status_code == 503:
        figures.unavailable.inc()
    facts = {"route": route, "method": method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    log.info("answered", extra={"facts": facts})
    return response


def register(app: Flask) -> None:
    app.extensions["figures"] = Figures()
    app.before_request(_begin)
    app.after_request(_end)
    app.register_blueprint(blueprint)
