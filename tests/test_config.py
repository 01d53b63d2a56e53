"""Do the settings hold what is made and read at the start? The kept secret, and numbers that are none."""

import os
import stat
from pathlib import Path

import pytest

from planner.config import Config, from_environment, kept_secret_file


def read(folder: Path, **given: str) -> Config:
    return from_environment({"MALRETT_DATA": str(folder), **given})


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key
    assert len(first) >= 48 and read(tmp_path).secret_key == first
    assert stat.S_IMODE(kept_secret_file(tmp_path).stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret-key"]


def test_two_that_start_at_once_have_one_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen that there is none; the second is served while the first is about to put its own in place."""
    link, other = os.link, list[str]()

    def slowly(made: Path, path: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        other.append(read(tmp_path).secret_key)
        link(made, path)

    monkeypatch.setattr(os, "link", slowly)
    assert read(tmp_path).secret_key == other[0] != ""


def test_an_empty_secret_of_a_start_that_was_killed_is_none(tmp_path: Path) -> None:
    kept_secret_file(tmp_path).touch()
    found = read(tmp_path).secret_key
    assert len(found) >= 48 and read(tmp_path).secret_key == found


@pytest.mark.parametrize("wrong", ["nan", "inf", "ten"])
def test_a_limit_of_time_is_a_number(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="MALRETT_SOLVE_SECONDS"):
        read(tmp_path, MALRETT_SOLVE_SECONDS=wrong)
