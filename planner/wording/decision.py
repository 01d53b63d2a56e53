"""What is said of what the council decided? The form, what a change does in points, and the decision as it stands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.decision import Outcome, Overrun, Step
from planner.domain.decision_document import Decided
from planner.domain.limits import Window
from planner.domain.portfolio import STAFF
from planner.domain.rules import Rule
from planner.wording import N_, portfolio
from planner.wording.gaps import listed
from planner.wording.rules import rule

Name = Callable[[str], str]
"""An initiative's or a segment's id -> how it is called."""

MOST_NAMED = 3
"""Beyond that their codes are told without their names."""

FINDINGS: dict[str, tuple[str, str]] = {
    "decision_unknown": (N_("%(code)s er ikke på listen i denne planen."), N_("Velg et tiltak fra listen.")),
    "decision_twice": (N_("%(code)s er endret på en annen linje."), N_("Endre hvert tiltak bare én gang.")),
    "decision_running": (N_("%(code)s er i gang fra før og kan ikke tas ut her."), N_("Velg et annet tiltak.")),
    "decision_not_chosen": (N_("%(code)s er ikke i planen."), N_("Velg et tiltak som er i planen.")),
    "decision_chosen_already": (N_("%(code)s er i planen fra før."), N_("Velg et tiltak som ikke er i planen.")),
    "decision_year": (N_("Velg hvilket år tiltaket starter."), ""),
    "decision_year_same": (
        N_("%(code)s starter i det året fra før."),
        N_("Velg et annet år, eller slett linjen."),
    ),
    "decision_text_missing": (N_("Feltet er tomt. Skriv inn en tekst."), ""),
    "decision_text_too_long": (N_("Teksten er for lang. Bruk høyst %(limit)s tegn."), ""),
    "decision_day": (N_("Skriv datoen vedtaket ble gjort."), ""),
    "decision_day_to_come": (N_("Datoen har ikke vært ennå. Et vedtak føres inn når det er gjort."), ""),
    "decision_stale": (
        N_("Det er ført inn et annet vedtak siden du begynte, så ingenting er ført inn nå."),
        N_("Se på det, og før inn dette hvis det skal komme i stedet."),
    ),
}


def namer(titles: Mapping[str, str]) -> Name:
    return lambda code: f"«{code} {titles[code]}»" if code in titles else code


def mark(on: date) -> str:
    """On every page of the plan from then on."""
    return _("Vedtatt %(day)s", day=notation.day(on))


def standing(there: Decided) -> str:
    """«Vedtatt 26. november 2026, sak 61/26», on every page of a paper."""
    told = mark(date.fromisoformat(there.on))
    return _("%(decided)s, sak %(case)s", decided=told, case=there.case) if there.case else told


def inside(on: date) -> str:
    """Within a sentence, of the plan that was decided."""
    return _("vedtaket %(day)s", day=notation.day(on))


# --- The form ---------------------------------------------------------------------------------------------------------


def form_question() -> str:
    return _("Hva har kommunestyret vedtatt?")


def form_answer(after: int) -> str:
    told = _("Det som føres inn her, låses og kan ikke endres. Du ser hva det betyr før du bekrefter.")
    if not after:
        return told
    return told + " " + _("Det kommer i stedet for vedtak %(number)s, som fortsatt kan leses.", number=after)


def usual_body() -> str:
    return _("Kommunestyret")


def kept(number: int, name: str, kept_at: datetime) -> str:
    return _("Plan %(number)s: %(name)s (%(day)s)", number=number, name=name, day=notation.day(kept_at))


def starts(code: str, title: str, year: int) -> str:
    """An initiative that may be moved, in the list to choose from."""
    return _("%(code)s %(title)s (starter %(year)s)", code=code, title=title, year=year)


def rests_on(codes: Sequence[str], all_: int, name: Name) -> str:
    """Which of all the chosen initiatives rest on figures from the example bank; nothing when none does."""
    if not codes:
        return ""
    if len(codes) == all_ > 1:
        return _("Alle de %(n)s tiltakene i planen bygger på eksempeltall.", n=notation.number(all_))
    return ngettext(
        "%(n)s av %(all)s tiltak i planen bygger på eksempeltall: %(which)s.",
        "%(n)s av %(all)s tiltak i planen bygger på eksempeltall: %(which)s.",
        len(codes),
        n=notation.number(len(codes)),
        all=notation.number(all_),
        which=listed([name(code) for code in codes] if len(codes) <= MOST_NAMED else list(codes)),
    )


# --- What it does -----------------------------------------------------------------------------------------------------


def effect(came: Outcome) -> str:
    """The plan that is decided, beside the one that was proposed."""
    value = notation.number(came.plan.value, 1)
    if not came.steps:
        return _("Planen vedtas slik den er. Den lukker %(value)s av 100 behovspoeng.", value=value)
    return _(
        "Forslaget lukker %(before)s behovspoeng. Med endringene lukker planen %(value)s: %(difference)s.",
        before=notation.number(came.proposal.value, 1),
        value=value,
        difference=_difference(notation.difference(came.plan.value, came.proposal.value, 1)),
    )


def step(one: Step, name: Name) -> str:
    """One change, and what it does to the points."""
    points = {"before": notation.number(one.before, 1), "after": notation.number(one.after, 1)}
    which = name(one.change.initiative)
    if one.change.action == "out":
        told = _("%(which)s tas ut: fra %(before)s til %(after)s behovspoeng.", which=which, **points)
    elif one.change.action == "move":
        told = _(
            "%(which)s flyttes til %(year)s: fra %(before)s til %(after)s behovspoeng.",
            which=which,
            year=one.change.year,
            **points,
        )
    else:
        told = _(
            "%(which)s tas inn fra %(year)s: fra %(before)s til %(after)s behovspoeng.",
            which=which,
            year=one.change.year,
            **points,
        )
    return told


def breaks(came: Outcome, name: Name, segment: Name) -> tuple[str, ...]:
    """Each limit and rule that the decided plan does not keep."""
    return (*(_overrun(one) for one in came.overruns), *(_broken(one, came, name, segment) for one in came.broken))


def _difference(gain: float) -> str:
    if not gain:
        return _("like mye")
    much = notation.number(abs(gain), 1)
    return _("%(much)s mer", much=much) if gain > 0 else _("%(much)s mindre", much=much)


def _overrun(one: Overrun) -> str:
    frame = portfolio.resource(one.resource).lower()
    amounts = {
        "takes": portfolio.amount(one.resource, float(one.used)),
        "allowed": portfolio.amount(one.resource, float(one.allowed)),
    }
    if one.year is None:
        return _("Rammen for %(frame)s i alt er %(allowed)s. Planen tar %(takes)s.", frame=frame, **amounts)
    if one.resource == STAFF:
        return _("Rammen i %(year)s er %(allowed)s. Planen tar %(takes)s.", year=one.year, **amounts)
    return _(
        "Rammen for %(frame)s i %(year)s er %(allowed)s. Planen tar %(takes)s.", frame=frame, year=one.year, **amounts
    )


def _broken(one: Rule, came: Outcome, name: Name, segment: Name) -> str:
    if isinstance(one, Window):
        year = came.plan.starts[one.initiative]
        return _("%(which)s skulle ikke kunne starte i %(year)s.", which=name(one.initiative), year=year)
    return _("Regelen holdes ikke: %(rule)s", rule=rule(one, name, segment))


# --- The decision as it stands ----------------------------------------------------------------------------------------


def question(number: int, all_: int) -> str:
    return _("Hva er vedtatt?") if all_ == 1 else _("Hva ble vedtatt i vedtak %(number)s?", number=number)


def answer(there: Decided) -> str:
    chosen = len(there.outcome.plan.starts)
    case = f" ({there.case})" if there.case else ""
    told = ngettext(
        "%(by)s%(case)s vedtok %(day)s en plan med %(n)s tiltak.",
        "%(by)s%(case)s vedtok %(day)s en plan med %(n)s tiltak.",
        chosen,
        by=there.by,
        case=case,
        day=notation.day(date.fromisoformat(there.on)),
        n=notation.number(chosen),
    )
    closes = _("Den lukker %(value)s av 100 behovspoeng.", value=notation.number(there.outcome.plan.value, 1))
    return f"{told} {closes}"


def replaced(number: int, on: date, stands: int) -> str:
    """Of a decision that another took the place of. stands: the one that stands now."""
    told = _("Erstattet av vedtak %(number)s, %(day)s.", number=number, day=notation.day(on))
    return told if stands == number else told + " " + _("Nå gjelder vedtak %(number)s.", number=stands)


def year(one: int | None) -> str:
    """In which an initiative starts; None for one that was taken out."""
    return notation.NOTHING if one is None else str(one)


def changed(action: str) -> str:
    return {
        "": "",
        "in": _("tatt inn ved vedtaket"),
        "out": _("tatt ut ved vedtaket"),
        "move": _("flyttet ved vedtaket"),
    }[action]


def facts(there: Decided, sha256: str, is_sound: bool) -> tuple[tuple[str, str], ...]:
    """What it takes to check the decision, each with its name."""
    result, council = there.document["result"], there.document["council"]
    solver = " ".join(str(result["solver"][key]) for key in ("name", "version"))
    return (
        (_("Fingeravtrykk (SHA-256) av vedtaket"), sha256 if is_sound else _("stemmer ikke: vedtaket er endret")),
        (_("Fingeravtrykk (SHA-256) av spørsmålet"), there.document["result"].get("problem_sha256", "")),
        (_("Forslaget"), _proof(result["status"], result["gap"])),
        (_("Behovspoeng i forslaget"), notation.number(there.outcome.proposal.value, 4)),
        (_("Behovspoeng i det som ble vedtatt"), notation.number(council["value"], 4)),
        (_("Program"), there.document["program"]),
        (_("Løser"), solver),
        (_("Ført inn"), notation.moment(_moment(there))),
    )


def _moment(there: Decided) -> datetime:
    return datetime.fromisoformat(there.document["recorded_at"])


def _proof(status: str, gap: float | None) -> str:
    if status == "optimal" and gap is not None and gap <= 1e-9:
        return _("bevist: ingen plan er bedre")
    return _("bevist innenfor en avstand på %(gap)s", gap=notation.percent(gap, 2))


def command() -> str:
    """How it is checked on another machine."""
    return _("Løs spørsmålet på nytt på en annen maskin, og se om svaret er likt: %(command)s",
             command="planner verify vedtak.json")  # fmt: skip


def paper(frozen: bool) -> str:
    """Of the files of the paper. frozen: its texts lie in the decision."""
    if frozen:
        return _("Tekstene i saken er låst med vedtaket. Regnearket følger vedtaket, med endringene.")
    return _("Vedtaket er fra før sakens egne tekster ble låst med det. De står slik de er skrevet nå.")


def other(number: int, on: date) -> str:
    return _("Vedtak %(number)s, %(day)s", number=number, day=notation.day(on))


def file_stem(number: int, plan: str) -> str:
    return _("Vedtak %(number)s %(plan)s", number=number, plan=plan)
