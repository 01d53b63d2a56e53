"""How long may a request take to arrive? As long as its size allows, or its connection is closed.

The server closes who says nothing for a while (`channel_timeout`), but whoever sends a byte now and then would keep a
connection for ever, and there are only so many. A body may come slowly: a large survey over a poor line is no attack.
"""

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

FIRST_SECONDS = 60.0
"""For the head of a request, and the beginning of its body."""
LEAST_BYTES = 500.0
"""In a second, on the average, of a body that goes on for longer: 1 MB in half an hour."""


class Timed(HTTPRequestParser):  # type: ignore[misc]  # waitress carries no types
    """A request on its way, from its first byte."""

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began = time.monotonic()

    def is_overdue(self, now: float) -> bool:
        return now - self.began > FIRST_SECONDS + float(self.body_bytes_received) / LEAST_BYTES


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed when its request takes too long. One that is answered, or waits for the next, is left
    to the server's own limits."""

    parser_class = Timed

    def readable(self) -> bool:
        """Asked of every connection at least once a second."""
        request = self.request
        if request is not None and not self.requests and request.is_overdue(time.monotonic()):
            self.will_close = True
        return bool(super().readable())


def close_who_drips(sockets: dict[int, Any]) -> None:
    """From now on the servers among these do so."""
    for one in sockets.values():
        if hasattr(one, "channel_class"):
            one.channel_class = Channel
