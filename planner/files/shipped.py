"""Where are the folders that come with the program? At the top of a checkout, inside an installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """name: static, templates, seed_data or docs."""
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name
