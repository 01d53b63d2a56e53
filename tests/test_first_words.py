"""What is said to whoever starts an installation: a taken port, a name that is no setting, a link that can be used?"""

import re
import socket
from pathlib import Path

import pytest

from planner import doctor_names, serving
from planner.cli import main
from planner.config import given_names
from tests.conftest import make_config
from tests.test_deploy import settings


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Of an installation where people sign in, on an empty folder."""
    monkeypatch.setenv("MALRETT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MALRETT_ACCESS", "server")
    monkeypatch.delenv("MALRETT_DATABASE_URL", raising=False)
    monkeypatch.delenv("MALRETT_EXTERNAL_URL", raising=False)
    return monkeypatch


def test_a_taken_port_is_said_and_another_taken_by_the_demonstration_alone(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
        assert f"Port {port} of 127.0.0.1 is taken by another program" in capsys.readouterr().err

        environment.setenv("MALRETT_ACCESS", "local")
        environment.setattr(serving, "create_app", _stop)
        with pytest.raises(KeyboardInterrupt):
            main(["demo", "--port", str(port)])
        assert f"Port {port} er opptatt" in capsys.readouterr().out


def _stop(_config: object) -> object:
    raise KeyboardInterrupt


def test_an_address_that_is_not_of_this_machine_is_said(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--host", "192.0.2.1", "--port", "0"]) == 2
    assert "192.0.2.1, port 0, cannot be listened on" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_without_sign_in_it_is_for_this_machine_alone(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    environment.setenv("MALRETT_ACCESS", "local")
    assert main(["serve", "--host", host]) == 2
    assert "MALRETT_ACCESS=server" in capsys.readouterr().err


def test_settings_that_cannot_be_used_are_said_in_words(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("MALRETT_ACCESS", "servr")
    assert main(["municipality"]) == 2
    assert capsys.readouterr().err == (
        "The settings cannot be used: MALRETT_ACCESS must be local, browser or server, not 'servr'\n"
    )


def test_a_database_that_is_away_is_said_in_words(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("MALRETT_DATABASE_URL", "postgresql://malrett:hemmelig@127.0.0.1:1/malrett")
    assert main(["municipality"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("The database does not answer (MALRETT_DATABASE_URL): ") and "hemmelig" not in said


def test_the_link_is_whole_where_the_address_is_known(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = ["municipality", "Prøvevik kommune", "--director", "kari@x.no"]
    assert main(make) == 0
    said = capsys.readouterr()
    assert re.fullmatch(r"/invitation/\S{43}\n", said.out) and "Put the address" in said.err
    environment.setenv("MALRETT_EXTERNAL_URL", "https://plan.example.no")
    assert main(make) == 0
    said = capsys.readouterr()
    assert re.fullmatch(r"https://plan\.example\.no/invitation/\S{43}\n", said.out) and "Put the" not in said.err


def test_people_are_not_made_where_nobody_signs_in(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    environment.delenv("MALRETT_ACCESS")
    assert main(["municipality", "Prøvevik kommune", "--director", "kari@x.no"]) == 2
    assert "settings of the installation" in capsys.readouterr().err and not (tmp_path / "data/malrett.db").exists()


def test_a_name_that_is_no_setting_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    given = {"MALRETT_ACESS": "", "MALRETT_SECRT_KEY_FILE": "", "malrett_data": "", "MALRETT_COLOUR": "", "PATH": ""}
    assert dict(doctor_names.unknown(given_names(given))) == {
        "MALRETT_ACESS": "MALRETT_ACCESS",
        "MALRETT_SECRT_KEY_FILE": "MALRETT_SECRET_KEY_FILE",
        "malrett_data": "MALRETT_DATA",
        "MALRETT_COLOUR": "",
    }
    assert not list(doctor_names.unknown(settings()))
    assert settings() - {"MALRETT_OIDC"} == doctor_names.NAMES
    states = [line.state for line in doctor_names.look(make_config(tmp_path, database_url=""))]
    assert states == ["ok"]
