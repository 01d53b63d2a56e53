"""What does a room score, how, and what may be changed when?

The settings of a workshop and the stages it goes through. Nobody's answer is here, and nothing is shown: `panel` makes
figures of scores, `workshop_share` deals the cards. Once scoring has begun, what the answers mean stands still.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from planner.domain.candidates import EFFECT_STEPS, MOST_EFFECT
from planner.domain.findings import Finding
from planner.domain.typed import Refused
from planner.domain.workshop_display import SHOWN_FROM

ScaleKind = Literal["steps", "ten"]
State = Literal["draft", "gathering", "open", "closed", "revealed", "ended"]
Action = Literal["gather", "open", "close", "reopen", "reveal", "end"]
SCALE_KINDS: tuple[ScaleKind, ...] = get_args(ScaleKind)
STATES: tuple[State, ...] = get_args(State)
ACTIONS: tuple[Action, ...] = get_args(Action)

MOST_ITEMS, MOST_STATEMENTS, MOST_TABLES, MOST_ROUNDS, MOST_PEOPLE = 60, 5, 40, 3, 400
LEAST_PEOPLE = SHOWN_FROM  # with fewer, nothing would ever be shown
LONGEST_TITLE, LONGEST_TABLE = 120, 40
TEN_PERCENTS: tuple[float, ...] = (*(10.0 * step for step in range(10)), float(MOST_EFFECT))
_PLAIN = ("title", "is_named", "rounds", "size", "wanted")


@dataclass(frozen=True, slots=True)
class Scale:
    """What may be answered, as steps from 0, and the per cent of effect each stands for.

    steps: «ingen, noen få, en del, mange», with a map that people see and may change. ten: of ten with the unmet need,
    how many get it met; nothing reaches everybody, so the tenth is 95.
    """

    kind: ScaleKind = "steps"
    percents: tuple[float, ...] = tuple(float(percent) for percent in EFFECT_STEPS)

    def __post_init__(self) -> None:
        findings = []
        if self.kind not in SCALE_KINDS:
            findings.append(Finding("workshop_scale", where="scale"))
        elif self.kind == "ten" and self.percents != TEN_PERCENTS:
            raise ValueError("the scale of ten has one map")
        elif len(self.percents) != (len(EFFECT_STEPS) if self.kind == "steps" else len(TEN_PERCENTS)):
            raise ValueError("one per cent a step")
        for step, percent in enumerate(self.percents):
            low = self.percents[step - 1] if step else 0
            if not 0 <= percent <= MOST_EFFECT or percent < low:
                details: dict[str, str | int | float] = {"most": MOST_EFFECT}
                findings.append(Finding("workshop_map", where=f"map-{step}", details=details))
        if findings:
            raise Refused(findings)

    @property
    def steps(self) -> int:
        return len(self.percents)


FOUR_STEPS = Scale()
OF_TEN = Scale("ten", TEN_PERCENTS)


@dataclass(frozen=True, slots=True)
class Item:
    """An initiative with the statements it may help. targets: the segments it is for, as when the list was made."""

    initiative: str
    statements: tuple[str, ...]
    targets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.initiative or len(set(self.statements)) != len(self.statements):
            raise ValueError("an item has an initiative, and each statement once")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopSettings:
    """Everything that is decided before a round. Raises Refused with every Finding; `where` names the form field.

    is_named: scores stand under a name that each person types; else nobody's score can be told from another's.
    tables: names of tables. groups: ids of the groups that people may say they speak for; none: it is not asked.
    size: how many there is room for. wanted: how many at least should score each initiative. is_rehearsal: made-up
    people come in and answer, and nothing of it is an estimate.
    """

    title: str
    items: tuple[Item, ...]
    scale: Scale = FOUR_STEPS
    is_named: bool = False
    tables: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    rounds: int = 2
    size: int = 30
    wanted: int = 10
    is_rehearsal: bool = False

    def __post_init__(self) -> None:
        findings = [*self._word_findings(), *self._item_findings(), *self._number_findings()]
        if findings:
            raise Refused(findings)

    def item(self, initiative: str) -> Item | None:
        return next((one for one in self.items if one.initiative == initiative), None)

    def _word_findings(self) -> Iterator[Finding]:
        if not self.title:
            yield Finding("workshop_title_missing", where="title")
        if len(self.title) > LONGEST_TITLE:
            yield Finding("workshop_text_too_long", where="title", details={"limit": LONGEST_TITLE})
        if len(self.tables) > MOST_TABLES:
            yield Finding("workshop_tables", where="tables", details={"most": MOST_TABLES})
        if any(not 0 < len(name) <= LONGEST_TABLE for name in self.tables):
            yield Finding("workshop_text_too_long", where="tables", details={"limit": LONGEST_TABLE})
        for name in dict.fromkeys(one for one in self.tables if self.tables.count(one) > 1):
            yield Finding("workshop_table_twice", where="tables", details={"text": name})

    def _item_findings(self) -> Iterator[Finding]:
        codes = [one.initiative for one in self.items]
        if len(set(codes)) != len(codes):
            raise ValueError("each initiative is there once")
        if not codes:
            yield Finding("workshop_no_items", where="items")
        if len(codes) > MOST_ITEMS:
            yield Finding("workshop_many_items", where="items", details={"most": MOST_ITEMS})
        for one in self.items:
            if not 1 <= len(one.statements) <= MOST_STATEMENTS:
                details: dict[str, str | int | float] = {"code": one.initiative, "most": MOST_STATEMENTS}
                yield Finding("workshop_statements", where=f"statements-{one.initiative}", details=details)

    def _number_findings(self) -> Iterator[Finding]:
        for where, value, low, high in (
            ("rounds", self.rounds, 1, MOST_ROUNDS),
            ("size", self.size, LEAST_PEOPLE, MOST_PEOPLE),
            ("wanted", self.wanted, LEAST_PEOPLE, max(LEAST_PEOPLE, self.size)),
        ):
            if not low <= value <= high:
                yield Finding("workshop_out_of_range", where=where, details={"low": low, "high": high})

    # --- Written down ------------------------------------------------------------------------------------------------

    def to_document(self) -> dict[str, Any]:
        """JSON-ready; reading it back gives equal settings."""
        plain = {name: getattr(self, name) for name in (*_PLAIN, "is_rehearsal")}
        items = [
            {"initiative": one.initiative, "statements": list(one.statements), "targets": list(one.targets)}
            for one in self.items
        ]
        scale = {"kind": self.scale.kind, "percents": list(self.scale.percents)}
        return {**plain, "tables": list(self.tables), "groups": list(self.groups), "scale": scale, "items": items}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "WorkshopSettings":
        items = tuple(
            Item(one["initiative"], tuple(one["statements"]), tuple(one["targets"])) for one in document["items"]
        )
        scale = Scale(cast(ScaleKind, document["scale"]["kind"]), tuple(document["scale"]["percents"]))
        plain = {name: document[name] for name in _PLAIN}
        plain["is_rehearsal"] = document.get("is_rehearsal", False)  # older documents know of none
        tables, groups = tuple(document["tables"]), tuple(document["groups"])
        return cls(items=items, scale=scale, tables=tables, groups=groups, **plain)


# --- The stages ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a workshop is. draft: being set up. gathering: people come in, nobody scores. open: they score.

    closed: they have scored, and nothing is shown yet; it may be opened again. revealed: the room sees what it thinks,
    and the round is over for good. ended: nobody gets in, and what tied phones to scores is gone. round: 0 before the
    first.
    """

    state: State = "draft"
    round: int = 0

    def after(self, action: Action, rounds: int) -> "Stage | None":
        """The stage that an action leads to; None where it may not be done now."""
        if action == "open" and self.state in ("gathering", "revealed"):
            return Stage("open", self.round + 1) if self.round < rounds else None
        to = _NEXT.get((self.state, action))
        return Stage(to, self.round) if to else None

    @property
    def lets_in(self) -> bool:
        return self.state in ("gathering", "open", "closed", "revealed")

    @property
    def takes_scores(self) -> bool:
        return self.state == "open"

    def actions(self, rounds: int) -> tuple[Action, ...]:
        """What may be done now, in the order it is usually done."""
        return tuple(action for action in ACTIONS if self.after(action, rounds))


_NEXT: dict[tuple[State, Action], State] = {
    ("draft", "gather"): "gathering",
    ("open", "close"): "closed",
    ("closed", "reopen"): "open",
    ("open", "reveal"): "revealed",
    ("closed", "reveal"): "revealed",
    ("gathering", "end"): "ended",
    ("open", "end"): "ended",
    ("closed", "end"): "ended",
    ("revealed", "end"): "ended",
}


def change_findings(old: WorkshopSettings, new: WorkshopSettings, stage: Stage) -> tuple[Finding, ...]:
    """What of a change may not be made at this stage, each at its field.

    As a draft, everything may. When people have come in, what they answered as they did stands. When somebody may have
    scored, what the scores mean stands for good, and what is scored stands until the round is over; tables may be
    added and room made at any time.
    """
    if stage.state == "draft":
        return ()
    if stage.state == "ended":
        return (Finding("workshop_ended"),)
    fixed = [("is_named", "named"), ("groups", "groups")]
    if stage.round:
        fixed += [("scale", "scale")]
    if stage.round and stage.state != "revealed":
        fixed += [("items", "items"), ("wanted", "wanted"), ("rounds", "rounds")]
    found = [Finding("workshop_fixed", where=w) for name, w in fixed if getattr(old, name) != getattr(new, name)]
    if not set(old.tables) <= set(new.tables) or (new.tables and not old.tables and stage.round):
        found.append(Finding("workshop_fixed", where="tables"))
    if new.rounds < stage.round:
        found.append(Finding("workshop_rounds_gone", where="rounds", details={"round": stage.round}))
    return tuple(found)
