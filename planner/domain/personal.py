"""Which columns of a survey file tell who somebody is? Found by heading and by what stands in the cells.

Their cells are thrown away before anything is stored, whatever the user would say of them: a name is never an answer.
Of a time only whether it is there is kept, since an empty one means that the form was never sent in.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.domain.findings import Finding
from planner.domain.raw_table import Column, Personal, RawTable
from planner.domain.scales import words

_HEADINGS: tuple[tuple[Personal, frozenset[str]], ...] = (
    (
        "name",
        frozenset({"navn", "namn", "name", "fornavn", "førenamn", "etternavn", "etternamn", "firstname", "lastname"})
        | {"first name", "last name", "fullt navn", "ditt navn", "respondentens navn"},
    ),
    (
        "email",
        frozenset({"e post", "epost", "e postadresse", "epostadresse", "email", "e mail", "mail", "email address"})
        | {"e mail address", "din e post"},
    ),
    ("phone", frozenset({"telefon", "telefonnummer", "mobil", "mobilnummer", "tlf", "phone", "phone number"})),
    ("ip", frozenset({"ip", "ipaddr", "ip adresse", "ip address", "ipaddress"})),
    (
        "time",
        frozenset({"tidsmerke", "timestamp", "starttidspunkt", "fullføringstidspunkt", "tidspunkt", "start time"})
        | {"tidspunkt for siste endring", "completion time", "last modified time", "submitdate", "startdate"}
        | {"datestamp", "date submitted", "date started", "date last action", "dato", "svardato", "starttid"}
        | {"sluttid", "sluttidspunkt", "utfylt dato", "innsendt", "dato innsendt", "innsendingsdato", "sist lagret"},
    ),
    (
        "number",
        frozenset({"fødselsnummer", "personnummer", "fødselsdato", "token", "tilgangskode", "seed", "refurl"})
        | {"referrer url", "access code", "date of birth"},
    ),
    ("place", frozenset({"adresse", "gateadresse", "address", "postadresse", "street address"})),
)
_CELLS: tuple[tuple[Personal, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.\w{2,24}")),
    ("ip", re.compile(r"(\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,7}", re.IGNORECASE)),
    ("number", re.compile(r"\d{6} ?\d{5}")),
    ("phone", re.compile(r"(\+47|0047) ?\d{2} ?\d{2} ?\d{2} ?\d{2}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3}")),
    (
        "time",
        re.compile(
            r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? (kl\. ?)?\d{1,2}[.:]\d{2}.*",
            re.IGNORECASE,
        ),
    ),
)
# Cells looked at in a column, and how many of them must be of one kind.
_LOOKED_AT, _ENOUGH = 200, 0.5
GONE = "x"


def personal_kind(heading: str, kinds: Sequence[str]) -> Personal:
    """What a column tells about who answered; "" for nothing that is known here."""
    # «Navn (q1)», «Q3. Navn», «Navn:» are the same heading.
    bare = re.sub(r"\([^)]*\)\s*$|^\s*\w{1,6}[.:)]\s+", "", heading)
    names = {words(heading), words(bare)}
    for kind, known in _HEADINGS:
        if names & known:
            return kind
    filled = [cell.strip() for cell in kinds[: 4 * _LOOKED_AT] if cell.strip()][:_LOOKED_AT]
    for kind, pattern in _CELLS:
        hits = sum(len(cell) <= 320 and pattern.fullmatch(cell) is not None for cell in filled)
        if filled and hits >= _ENOUGH * len(filled):
            return kind
    return ""


def without_personal(table: RawTable) -> RawTable:
    """The same table with every cell of such columns gone, and a note that names them."""
    columns, dropped = [], []
    for column in table.columns:
        kind = personal_kind(column.heading, column.kinds)
        columns.append(_emptied(column, kind) if kind else column)
        if kind and column.heading:
            dropped.append(column.heading)
    if not dropped:
        return table
    named = ", ".join(f"«{heading}»" for heading in dropped)
    note = Finding("personal_dropped", "info", details={"count": len(dropped), "headings": named})
    return replace(table, columns=tuple(columns)).with_notes(note)


def _emptied(column: Column, kind: Personal) -> Column:
    filled = column.read(lambda cell: bool(cell.strip()), np.uint8)
    return Column(column.heading, ("", GONE), filled, personal=kind)
