"""How does a child run a function whose module its caller has not loaded? By name.

Apart from who calls it, so that the child loads nothing else of the caller's.
"""

import importlib
from typing import Any


def call(where: str, *args: Any) -> Any:
    """where: «module:function»."""
    module, _, name = where.partition(":")
    return getattr(importlib.import_module(module), name)(*args)
