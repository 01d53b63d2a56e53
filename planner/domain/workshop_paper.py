"""What stands on a paper ballot, what did somebody type of it, and when does it count?

A ballot is typed twice. It counts when both times say the same, or when somebody with the paper in hand has decided
what differs; and never more than once. What is typed from the same form takes its own place, so that a form sent twice
is not taken for a second reading. Nothing here knows whose ballot it is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from planner.domain.comments import tidy
from planner.domain.findings import Finding
from planner.domain.typed import read_words
from planner.domain.workshop import OF_TEN, STATES, ScaleKind, Stage, WorkshopSettings
from planner.domain.workshop_share import Hand, deal, shares

BallotState = Literal["printed", "once", "differs", "counted"]
FieldKind = Literal["name", "table", "group", "answer", "comment"]
MOST_PRINTED = 200  # at a time
MOST_BALLOTS = 400  # in a round
LONGEST_NAME, LONGEST_COMMENT = 80, 500
DONT_KNOW, NOTHING = "x", ""
_DONT_KNOW_TYPED = frozenset("xXvV?*/")  # the last two are on the pad of digits
_STEPS: dict[ScaleKind, int] = {"steps": 4, "ten": OF_TEN.steps}


def round_to_print(stage: Stage, rounds: int) -> int | None:
    """The round that a ballot printed now belongs to; None where none will be scored any more."""
    if stage.state in ("open", "closed"):
        return stage.round
    return stage.round + 1 if stage.state != "ended" and stage.round < rounds else None


def lateness(round_: int, stage: Stage) -> Finding | None:
    """Why a ballot of this round may not be typed now: it is too early, or too late."""
    if stage.state not in STATES:
        raise ValueError(stage.state)
    if stage.state == "ended":
        return Finding("paper_ended")
    if round_ > stage.round:
        return Finding("paper_early", details={"round": round_})
    if round_ < stage.round or stage.state == "revealed":
        return Finding("paper_late", details={"round": round_})
    return None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type. name: of the form's field. initiative, statement: what it is about, where it is about one."""

    name: str
    kind: FieldKind
    initiative: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a ballot asks. cards: initiative with its statements, as printed. groups, tables: numbered from 1 on it."""

    scale: ScaleKind
    cards: tuple[tuple[str, tuple[str, ...]], ...]
    groups: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    is_named: bool = False

    @property
    def steps(self) -> int:
        return _STEPS[self.scale]

    def fields(self) -> tuple[Field, ...]:
        """In the order they are typed. A table only where scores stand under names: else it is of no use."""
        return tuple(self._fields())

    def _fields(self) -> Iterator[Field]:
        if self.is_named:
            yield Field("name", "name")
            if self.tables:
                yield Field("table", "table")
        if self.groups:
            yield Field("group", "group")
        for place, (initiative, statements) in enumerate(self.cards):
            for at, statement in enumerate(statements):
                yield Field(f"answer-{place}-{at}", "answer", initiative, statement)
            yield Field(f"comment-{place}", "comment", initiative)

    def fits(self, settings: WorkshopSettings) -> bool:
        """Whether it asks what is asked now; a draft may have been changed since it was printed."""
        asked = {item.initiative: item.statements for item in settings.items}
        same = (self.scale, self.groups, self.is_named) == (settings.scale.kind, settings.groups, settings.is_named)
        return same and all(asked.get(initiative) == statements for initiative, statements in self.cards)

    def to_document(self) -> dict[str, Any]:
        cards = [[initiative, list(statements)] for initiative, statements in self.cards]
        plain = {"scale": self.scale, "is_named": self.is_named}
        return {**plain, "cards": cards, "groups": list(self.groups), "tables": list(self.tables)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Printed":
        cards = tuple((initiative, tuple(statements)) for initiative, statements in document["cards"])
        groups, tables = tuple(document["groups"]), tuple(document["tables"])
        return cls(document["scale"], cards, groups, tables, document["is_named"])


def deal_ballots(settings: WorkshopSettings, before: Sequence[Printed], count: int) -> tuple[Printed, ...]:
    """So many ballots, dealt so that each initiative is on equally many of all of them; before: those there are."""
    per_ballot = shares(settings.items, settings.wanted, settings.size).per_phone
    hands = [Hand("", tuple(initiative for initiative, _ in one.cards)) for one in before]
    for _ in range(count):
        hands.append(deal(settings.items, per_ballot, hands, ""))
    statements = {item.initiative: item.statements for item in settings.items}
    return tuple(
        Printed(
            settings.scale.kind,
            tuple((code, statements[code]) for code in hand.initiatives),
            settings.groups,
            settings.tables,
            settings.is_named,
        )
        for hand in hands[len(before) :]
    )


# --- What is typed ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a ballot once. form: which form it was typed in, so that the form sent again is known.

    values: by field; an answer is a step, x for «vet ikke» or nothing; a group is its id.
    """

    form: str
    values: Mapping[str, str]

    def to_document(self) -> dict[str, Any]:
        return {"form": self.form, "values": dict(self.values)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Typed":
        return cls(document["form"], dict(document["values"]))


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as it is kept. first, second: what was typed of it, while it does not count."""

    id: str
    round: int
    printing: int
    printed: Printed
    state: BallotState = "printed"
    first: Typed | None = None
    second: Typed | None = None

    def typed(self, typed: Typed) -> "Ballot":
        """What it is after somebody has typed it; the same ballot where it is counted or waits to be decided."""
        if self.state == "counted":
            return self
        if self.first is None or (self.first.form == typed.form and self.second is None):
            return replace(self, first=typed, state="once")
        if self.first.form == typed.form:
            changed = replace(self, first=typed)
        elif self.second is None or self.second.form == typed.form:
            changed = replace(self, second=typed)
        else:
            return self
        return replace(changed, state="differs" if changed.differences() else "counted")

    def differences(self) -> tuple[Field, ...]:
        """What was typed otherwise the second time. A comment only where both times have one: it takes time to type."""
        if self.first is None or self.second is None:
            return ()
        first, second = self.first.values, self.second.values
        return tuple(one for one in self.printed.fields() if _differ(one, first[one.name], second[one.name]))

    def agreed(self, decided: Mapping[str, str] | None = None) -> dict[str, str]:
        """What counts, by field; decided: for each field that differs. Raises ValueError while something does."""
        if self.first is None or self.second is None:
            raise ValueError("typed less than twice")
        values = dict(self.first.values)
        for one in self.printed.fields():
            values[one.name] = values[one.name] or self.second.values[one.name]
        for one in self.differences():
            if decided is None or one.name not in decided:
                raise ValueError(f"not decided: {one.name}")
            values[one.name] = decided[one.name]
        return values

    @property
    def mark(self) -> str:
        """Another text whenever something else has been typed of it."""
        documents = [self.state, *(one.to_document() if one else None for one in (self.first, self.second))]
        return sha256(json.dumps(documents, sort_keys=True).encode()).hexdigest()[:16]


def _differ(field: Field, first: str, second: str) -> bool:
    if field.kind == "comment":
        return bool(first and second) and first.casefold().split() != second.casefold().split()
    return first != second


def read_values(
    printed: Printed, form: Mapping[str, str], fields: Sequence[Field] | None = None
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """What was typed in these fields (None: all), and all that is wrong, each at its field.

    A line without a tick is typed as a dash: a field that is empty was passed by.
    """
    values, findings = {}, []
    for one in printed.fields() if fields is None else fields:
        text = form.get(one.name, "")
        value = _read(printed, one, text)
        if isinstance(value, Finding):
            findings.append(value)
        else:
            values[one.name] = value
    return values, tuple(findings)


def _read(printed: Printed, field: Field, text: str) -> str | Finding:
    if field.kind == "comment":
        said = tidy(text)
        too_long = Finding("workshop_text_too_long", where=field.name, details={"limit": LONGEST_COMMENT})
        return too_long if len(said) > LONGEST_COMMENT else said
    word = read_words(text)
    if field.kind == "name":
        missing = Finding("workshop_name_missing", where=field.name, details={"limit": LONGEST_NAME})
        return word if 0 < len(word) <= LONGEST_NAME else missing
    if not word:
        return Finding("paper_blank", where=field.name)
    if word == "-":
        return NOTHING
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 4 else -1
    if field.kind == "answer":
        if word in _DONT_KNOW_TYPED:
            return DONT_KNOW
        most = printed.steps - 1
        return str(number) if 0 <= number <= most else Finding("paper_answer", where=field.name, details={"most": most})
    there = printed.groups if field.kind == "group" else printed.tables
    if not 0 <= number <= len(there):
        return Finding("paper_choice", where=field.name, details={"most": len(there)})
    return there[number - 1] if number else NOTHING


def typed_text(printed: Printed, field: Field, value: str) -> str:
    """What one types to mean a value; reading it gives the value again."""
    if field.kind == "answer":
        return value or "-"
    there = {"group": printed.groups, "table": printed.tables}.get(field.kind)
    if there is None:
        return value
    return str(there.index(value) + 1) if value in there else "0"
