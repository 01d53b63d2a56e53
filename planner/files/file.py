"""What is a file that somebody takes home? Its name, its media type and its bytes. Makes none itself."""

from dataclasses import dataclass

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"
TEXT = "text/plain"
PYTHON = "text/x-python"
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class File:
    """name: as `files.names.file_name` makes it. kind: its media type."""

    name: str
    kind: str
    content: bytes
