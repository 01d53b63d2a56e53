"""What stands in the form of a workshop? Its fields as suggested, stored or typed, and what it takes in time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from planner import notation
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding
from planner.domain.statements import Statement
from planner.domain.workshop import FOUR_STEPS, WorkshopSettings
from planner.domain.workshop_share import shares, suggested_wanted
from planner.domain.workshop_typed import (
    Form,
    Ground,
    more_field,
    read_settings,
    statement_field,
    suggested_statements,
    suggestion,
)
from planner.services import plans
from planner.services.initiative_rows import ground
from planner.services.plans import Frame
from planner.store import initiatives as initiative_store
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import Sentence, finding, gaps
from planner.wording import findings as sentences
from planner.wording import statements as names
from planner.wording import workshop as wording


@dataclass(frozen=True, slots=True)
class Box:
    id: str
    text: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class ItemField:
    """An initiative to choose, with the statements it is suggested to be scored against; summary: those chosen."""

    code: str
    title: str
    is_chosen: bool
    statements: tuple[Box, ...]
    summary: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class TakesView:
    """What it takes in people and minutes; «» while something in the form must be mended first."""

    plan_id: str
    text: str


@dataclass(frozen=True, slots=True)
class FormView:
    """number: 0 for a new one. errors: by field. all_statements: (id, short name), to add one from.

    theirs: (field, what is stored) where somebody else has stored something other than what was typed.
    takes: what it takes in people and minutes, as the fields are. scale_text: the scale chosen, which is folded while
    nothing is wrong with it.
    """

    frame: Frame
    number: int
    version: int
    is_rehearsal: bool
    title: str
    items: tuple[ItemField, ...]
    all_statements: tuple[tuple[str, str], ...]
    scale: str
    scale_text: str
    scale_is_wrong: bool
    map: tuple[tuple[str, str, str], ...]
    is_named: bool
    tables: str
    groups: tuple[Box, ...]
    rounds: str
    size: str
    wanted: str
    takes: TakesView
    errors: dict[str, str] = field(default_factory=dict)
    findings: tuple[Sentence, ...] = ()
    status: int = 200
    theirs: tuple[tuple[str, str], ...] = ()


def form_ground(session: Session, plan_id: str) -> Ground:
    """What a workshop of this plan can be about."""
    base = ground(session, plan_id)
    candidates = tuple(initiative_store.candidates(session, plan_id))
    return Ground(candidates, base.statements, tuple(one.id for one in base.segments), wording.table())


def form_view(
    session: Session,
    plan_id: str,
    workshop: StoredWorkshop | None,
    typed: Form | None = None,
    findings: Sequence[Finding] = (),
    status: int = 0,
) -> FormView:
    """The form, with what was typed where something was."""
    about = form_ground(session, plan_id)
    start = workshop.settings if workshop else suggestion(about, wording.usual_title())
    form = typed if typed is not None else _as_typed(start)
    if typed is None and workshop is None:
        form = {**form, "wanted": [""]}  # blank follows what is chosen; a number would be of all there is
    segments = names.segments(ground(session, plan_id).segments)
    wrong = {one.where: f"{said.what} {said.try_}".strip() for one in findings for said in (finding(one),)}
    return FormView(
        frame=plans.frame(session, plan_id, "workshop"),
        number=workshop.number if workshop else 0,
        version=workshop.version if workshop else 0,
        is_rehearsal=bool(workshop and workshop.settings.is_rehearsal),
        title=_first(form, "title"),
        items=tuple(_item_field(one, form, about, wrong) for one in about.candidates),
        all_statements=tuple((one.id, names.statement(one)) for one in about.statements),
        scale=_first(form, "scale"),
        scale_text=wording.scale("ten" if _first(form, "scale") == "ten" else "steps"),
        scale_is_wrong=any(where == "scale" or where.startswith("map-") for where in wrong),
        map=tuple(
            (f"map-{step}", wording.step("steps", step), _first(form, f"map-{step}"))
            for step in range(FOUR_STEPS.steps)
        ),
        is_named=_first(form, "named") == "yes",
        tables=_first(form, "tables"),
        groups=tuple(Box(id_, name, id_ in form.get("group", ())) for id_, name in segments.items()),
        rounds=_first(form, "rounds"),
        size=_first(form, "size"),
        wanted=_first(form, "wanted"),
        takes=TakesView(plan_id, _takes_of(form, about)),
        errors={where: text for where, text in wrong.items() if where},
        findings=sentences([one for one in findings if not one.where or one.where in ("items", "groups")]),
        status=status or (422 if findings else 200),
        theirs=_theirs(workshop.settings, form, segments) if workshop and status == 409 else (),
    )


def takes_view(database: Database, plan_id: str, typed: Form) -> TakesView:
    """What it takes as the form is filled in now; nothing is stored."""
    with database.read() as session:
        return TakesView(plan_id, _takes_of(typed, form_ground(session, plan_id)))


def _takes_of(form: Form, about: Ground) -> str:
    # A name that is not typed yet changes nothing of what it takes.
    settings, _findings = read_settings({**form, "title": ["–"]}, about)
    return takes(settings) if settings else ""


def takes(settings: WorkshopSettings) -> str:
    """What it takes in people and minutes, in a sentence."""
    most = suggested_wanted(settings.items, settings.size)
    return wording.takes(shares(settings.items, settings.wanted, settings.size), settings, most)


def _as_typed(settings: WorkshopSettings | None) -> Form:
    if settings is None:
        return {"scale": ["steps"], "rounds": ["2"], "size": ["30"]}
    typed: dict[str, Sequence[str]] = {
        "title": [settings.title],
        "item": [one.initiative for one in settings.items],
        "scale": [settings.scale.kind],
        "named": ["yes" if settings.is_named else ""],
        "tables": [", ".join(settings.tables)],
        "group": list(settings.groups),
        "rounds": [str(settings.rounds)],
        "size": [str(settings.size)],
        "wanted": [str(settings.wanted)],
    }
    typed |= {statement_field(one.initiative): list(one.statements) for one in settings.items}
    percents = settings.scale.percents if settings.scale.kind == "steps" else FOUR_STEPS.percents
    return typed | {f"map-{step}": [notation.compact(percent)] for step, percent in enumerate(percents)}


def _theirs(stored: WorkshopSettings, typed: Form, segments: dict[str, str]) -> tuple[tuple[str, str], ...]:
    there = _as_typed(stored)
    return tuple(
        (label, ", ".join(segments.get(value, value) for value in values))
        for name, values in there.items()
        if (label := wording.field(name)) and sorted(filter(None, values)) != sorted(filter(None, typed.get(name, ())))
    )


def _item_field(one: Candidate, form: Form, about: Ground, wrong: dict[str, str]) -> ItemField:
    chosen = one.code in form.get("item", ())
    checked = (*form.get(statement_field(one.code), ()), *form.get(more_field(one.code), ()))
    texts: dict[str, Statement] = {statement.id: statement for statement in about.statements}
    suggested = suggested_statements(one, about.statements)
    ids = dict.fromkeys(id_ for id_ in (*suggested, *checked) if id_ in texts)
    boxes = tuple(Box(id_, gaps.statement(texts[id_]), id_ in (checked if chosen else suggested)) for id_ in ids)
    summary = ", ".join(names.statement(texts[box.id]) for box in boxes if box.is_checked)
    return ItemField(one.code, one.title, chosen, boxes, summary, wrong.get(statement_field(one.code), ""))


def _first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")
