"""The mapping a person confirms: suggested segments, plain documents, what keeps it from being used."""

import json
from dataclasses import replace

import pytest

from planner.domain.columns import guess_columns
from planner.domain.mapping import ColumnUse, Mapping, mapping_findings, suggest_mapping
from planner.domain.segments import DEFAULT_SEGMENTS, Segment
from tests.domain.raw import THIRTY, suggested, table, two

BACKGROUND = ("Aldersgruppe", "Flyttet hit siste fem år", "Født utenfor Norge")


def values(heading: str, *cells: str) -> dict[str, str]:
    return dict(suggested(table([heading], *[[cell] for cell in cells])).columns[0].values)


def test_suggested_values_of_segment_columns() -> None:
    assert values("Aldersgruppe", "16–29", "30–49", "67 og over", "18-29 år", "under 20", "over 20") == {
        "16–29": "unge", "18-29 år": "unge", "under 20": "unge",
    }  # fmt: skip
    assert values("Alder", "17", "29", "30") == {"17": "unge", "29": "unge"}
    assert values("Flyttet hit siste fem år", "Ja", "Nei") == {"ja": "tilflyttere"}
    assert values("Født utenfor Norge", "Ja", "Nei") == {"ja": "innvandrere"}
    assert values("Er du født i Norge?", "Ja", "Nei") == {"nei": "innvandrere"}
    assert values("Fødeland", "Norge", "Utenfor EU", "Utlandet") == {
        "utenfor eu": "innvandrere", "utlandet": "innvandrere",
    }  # fmt: skip
    assert values("Gruppe", "ung", "Voksen") == {"ung": "unge", "voksen": "voksne"}


def test_segments_are_those_the_file_asks_about() -> None:
    assert [s.id for s in suggested(two("5555")).segments] == [s.id for s in DEFAULT_SEGMENTS]
    aged = two(["5", "5", "5", "5", "20"], extra=["Alder"])
    assert [s.id for s in suggested(aged).segments] == ["unge", "voksne"]
    every = two(["5", "5", "5", "5", "20", "Nei", "Nei"], extra=BACKGROUND)
    assert [s.id for s in suggested(every).segments] == ["innvandrere", "tilflyttere", "unge", "voksne"]


def test_a_column_of_other_groups_makes_them_the_segments() -> None:
    raw = two(["5"] * 4 + ["Bygda"], ["5"] * 4 + ["Sentrum"], ["5"] * 4 + ["Sentrum"], extra=["Gruppe"])
    mapping = suggested(raw)
    assert mapping.segments == (Segment("bygda", "Bygda"), Segment("sentrum", "Sentrum"))
    assert mapping.default_segment == "sentrum"
    assert dict(mapping.columns[4].values) == {"bygda": "bygda", "sentrum": "sentrum"}


def test_a_mapping_survives_json() -> None:
    raw = two(["5", "5", "5", "5", "20", "Ja", "Nei"], extra=BACKGROUND)
    mapping = replace(suggested(raw), declared_missing=("8", "Kanskje"), form="right")
    assert mapping.declared_missing == ("8", "kanskje")
    assert Mapping.from_document(json.loads(json.dumps(mapping.to_document()))) == mapping


@pytest.mark.parametrize(
    "document",
    [{}, {"format": "malrett-mapping/1"}, {"format": "malrett-mapping/1", "columns": [{}], "segments": []}, [], None,
     {"format": "malrett-mapping/1", "columns": [], "segments": [{"id": "a", "name": "A"}], "default_segment": "b"}],
)  # fmt: skip
def test_what_is_not_a_mapping_is_refused(document: object) -> None:
    with pytest.raises(ValueError):
        Mapping.from_document(document)  # type: ignore[arg-type]


def test_values_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="role"):
        ColumnUse(0, "x", "navn")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="statement"):
        ColumnUse(0, "x", "importance")
    with pytest.raises(ValueError, match="segments"):
        Mapping((), default_segment="andre")
    with pytest.raises(ValueError, match="unknown segments"):
        Mapping((ColumnUse(0, "x", "segment", values=(("ja", "andre"),)),))
    with pytest.raises(ValueError, match="slash"):
        Segment("a/b", "A")


def test_pairs_need_both_scales() -> None:
    raw = table(["s01 viktig", "s01 sannsynlig", "s06 viktig"], "555")
    mapping = suggested(raw)
    assert mapping.pairs() == {"s01": (0, 1)}
    found = mapping_findings(mapping, raw)
    assert [(one.code, one.severity) for one in found] == [("statement_half_mapped", "warning")]


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["s01 viktig", "s06 viktig"], "no_statement_pairs"),
        (["s01 viktig", "s01 sannsynlig", "vekt", "weight"], "two_weight_columns"),
        (["s01 viktig", "s01 sannsynlig", "id", "svarid"], "two_respondent_columns"),
        (["s01 viktig", "s01 sannsynlig", "s01_v"], "statement_mapped_twice"),
    ],
)
def test_mappings_that_cannot_be_used(headings: list[str], code: str) -> None:
    raw = table(headings, ["5"] * len(headings))
    assert code in [one.code for one in mapping_findings(suggested(raw), raw)]


def test_a_mapping_for_another_file() -> None:
    raw, other = two("5555"), table(["a", "b"], "55")
    assert {one.code for one in mapping_findings(suggested(raw), other)} == {"mapping_other_file"}


def test_the_user_s_own_segments_are_kept_whole() -> None:
    raw = two("5555")
    own = (Segment("bygda", "Bygda"), Segment("sentrum", "Sentrum"))
    mapping = suggest_mapping(raw, guess_columns(raw, THIRTY), own, "bygda")
    assert (mapping.segments, mapping.default_segment) == (own, "bygda")
