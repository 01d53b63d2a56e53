"""How does a test have the child run another function than the solver?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.work import KINDS


def run_instead(monkeypatch: pytest.MonkeyPatch, function: Callable[[dict[str, Any], float], Any]) -> None:
    """function: at the top level of a module of its own, as in `solve_in_child`."""
    for name in ("try", "keep"):
        kind = replace(KINDS[name], function=f"{function.__module__}:{function.__name__}")
        monkeypatch.setitem(KINDS, name, kind)
