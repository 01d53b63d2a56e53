"""Is a setting of the sign-in at an issuer that cannot work told when the program starts?"""

from pathlib import Path

import pytest

from planner.config import Config, from_environment

GOOD = {
    "MALRETT_ACCESS": "server",
    "MALRETT_EXTERNAL_URL": "https://plan.example.no",
    "MALRETT_OIDC_ISSUER": "https://login.example.no/tenant/v2.0",
    "MALRETT_OIDC_CLIENT_ID": "malrett",
    "MALRETT_OIDC_CLIENT_SECRET": "not to be seen",
}


def read(folder: Path, **changes: str) -> Config:
    return from_environment({"MALRETT_DATA": str(folder), **GOOD, **changes})


def test_what_is_needed_and_nothing_more(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert config.oidc is not None
    assert (config.oidc.issuer, config.oidc.called) == (GOOD["MALRETT_OIDC_ISSUER"], "login.example.no")
    assert "not to be seen" not in repr(config)
    named = read(tmp_path, MALRETT_OIDC_NAME="Kommunens innlogging").oidc
    assert named is not None and named.called == "Kommunens innlogging" and named.levels == ()
    levels = read(tmp_path, MALRETT_OIDC_ACR="loa-substantial  loa-high").oidc
    assert levels is not None and levels.levels == ("loa-substantial", "loa-high")
    assert from_environment({"MALRETT_DATA": str(tmp_path)}).oidc is None


def test_a_secret_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n", encoding="utf-8")
    settings = {"MALRETT_OIDC_CLIENT_SECRET_FILE": str(file)}
    config = read(tmp_path, MALRETT_OIDC_CLIENT_SECRET="", **settings)
    assert config.oidc is not None and config.oidc.client_secret == "from a file"
    with pytest.raises(ValueError, match="only one of them"):
        read(tmp_path, **settings)
    file.unlink()
    with pytest.raises(ValueError, match="MALRETT_OIDC_CLIENT_SECRET_FILE cannot be read"):
        read(tmp_path, MALRETT_OIDC_CLIENT_SECRET="", **settings)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MALRETT_OIDC_ISSUER": ""}, "MALRETT_OIDC_ISSUER is missing"),
        ({"MALRETT_OIDC_ISSUER": "http://login.example.no"}, "exactly as it names itself"),
        ({"MALRETT_OIDC_ISSUER": "https://login.example.no/?tenant=a"}, "exactly as it names itself"),
        ({"MALRETT_OIDC_ISSUER": "https://kari@login.example.no"}, "exactly as it names itself"),
        ({"MALRETT_OIDC_ISSUER": "https://login.example.no:x"}, "exactly as it names itself"),
        ({"MALRETT_OIDC_ISSUER": "login.example.no"}, "exactly as it names itself"),
        ({"MALRETT_OIDC_ISSUER": "https://["}, "exactly as it names itself"),
        ({"MALRETT_OIDC_CLIENT_ID": ""}, "MALRETT_OIDC_CLIENT_ID is missing"),
        ({"MALRETT_OIDC_CLIENT_SECRET": ""}, "MALRETT_OIDC_CLIENT_SECRET is missing"),
        ({"MALRETT_OIDC_NAME": "x" * 61}, "stands on a button"),
        ({"MALRETT_ACCESS": "local"}, "asks for MALRETT_ACCESS=server"),
        ({"MALRETT_EXTERNAL_URL": ""}, "asks for MALRETT_EXTERNAL_URL"),
        ({"MALRETT_EXTERNAL_URL": "http://plan.example.no"}, "asks for MALRETT_EXTERNAL_URL"),
    ],
)
def test_what_cannot_be(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read(tmp_path, **changes)


def test_an_issuer_on_this_machine_needs_no_tls(tmp_path: Path) -> None:
    here = {"MALRETT_OIDC_ISSUER": "http://127.0.0.1:9000", "MALRETT_EXTERNAL_URL": "http://localhost:8000"}
    config = read(tmp_path, **here)
    assert config.oidc is not None and config.oidc.is_here
