"""What does a person see who sends more than this installation takes? The application's own page, in their language.

The server stops reading at its limit and would answer with a line of plain English. Instead the application is asked,
with the stated size and no body: it refuses by the size alone, as it does for every request above its own limit.
"""

import io
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge


class TooLargeTask(WSGITask):  # type: ignore[misc]  # waitress carries no types
    """Ask the application about a request whose body will not be read."""

    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        stated = int(environ.get("CONTENT_LENGTH") or 0)
        # A chunked body states no size; that it went over the limit is all there is to know.
        environ["CONTENT_LENGTH"] = str(max(stated, self.channel.server.adj.max_request_body_size))
        environ["wsgi.input"] = io.BytesIO()
        self.close_on_finish = True
        return environ


def _task_for_error(channel: HTTPChannel, request: Any) -> ErrorTask | TooLargeTask:
    kind = TooLargeTask if isinstance(request.error, RequestEntityTooLarge) else ErrorTask
    return kind(channel, request)


def answer_with_pages() -> None:
    """From now on every server of this process answers so."""
    HTTPChannel.error_task_class = staticmethod(_task_for_error)
