"""What is said when no plan keeps the frame and the rules? What cannot hold alone, or beside what is locked in."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from planner import notation
from planner.domain.findings import Finding
from planner.wording import Sentence
from planner.wording.portfolio import resource
from planner.wording.statements import factor

WITH_LOCKS = "_with_locks"


def sentences(findings: tuple[Finding, ...], titles: Mapping[str, str]) -> tuple[Sentence, ...]:
    """titles: initiative id -> title. The findings are those of an infeasible problem."""
    return tuple(Sentence("error", "", _what(finding, titles), _try(finding)) for finding in findings)


def _what(finding: Finding, titles: Mapping[str, str]) -> str:
    details = dict(finding.details)
    kind = finding.code.removeprefix("impossible_")
    frame = (
        {"frame": resource(str(details["resource"])).lower(), "year": details["year"]} if "resource" in details else {}
    )
    one = _called(str(details.get("initiative", "")), titles)
    of = ", ".join(_called(code, titles) for code in str(details.get("of", "")).split(", "))
    among = _among(details)
    known: Mapping[str, Callable[[], str]] = {
        "together": lambda: _("Ingen ramme og ingen regel er umulig alene, men de går ikke sammen."),
        "locks": lambda: _("Det som må med, og det som ikke skal med, går ikke sammen."),
        "limit": lambda: _("Det som alt er i gang, bruker mer enn rammen for %(frame)s i %(year)s.", **frame),
        "limit_with_locks": lambda: _("Rammen for %(frame)s i %(year)s holder ikke til alt som må med.", **frame),
        "must_over_limit": lambda: _(
            "%(one)s må med, men får ikke plass i rammen for %(frame)s i %(year)s, uansett når det starter.",
            one=one,
            **frame,
        ),
        "must": lambda: _("%(one)s må med, men kan ikke starte i noe planår.", one=one),
        "at_least": lambda: _(
            "Det skal være minst %(count)s tiltak innen %(among)s, men så mange kan ikke starte.",
            count=details.get("count"),
            among=among or of,
        ),
        "need_floor": lambda: _(
            "Ikke alle tiltakene til sammen lukker %(share)s av behovet: %(among)s.",
            share=notation.percent(float(details.get("share", 0))),
            among=among or of,
        ),
        "follows": lambda: _("%(one)s må med, men tiltakene det skal ha følge av, kan ikke være med.", one=one),
        "requires_all": lambda: _("%(one)s må med, men bygger på %(of)s, som ikke kan være med.", one=one, of=of),
        "requires_any": lambda: _("%(one)s må med, men ingen av disse kan være med: %(of)s.", one=one, of=of),
        "excludes": lambda: _("Disse må med, men kan ikke stå sammen: %(of)s.", of=of),
        "at_most": lambda: _(
            "Flere enn %(count)s tiltak innen %(among)s må med.", count=details.get("count"), among=among or of
        ),
    }
    said = known.get(kind) or known.get(kind.removesuffix(WITH_LOCKS))
    return said() if said else _("Et av kravene kan ikke holdes.")


def _try(finding: Finding) -> str:
    if "limit" in finding.code:
        return _("Øk rammen, eller la færre tiltak være låst.")
    if finding.code == "impossible_together":
        return _("Øk en ramme, eller ta bort ett av kravene om bredde, og prøv igjen.")
    return _("Senk kravet, eller la tiltakene det gjelder, være fritt valg.")


def _called(code: str, titles: Mapping[str, str]) -> str:
    return f"{code} {titles[code]}" if code in titles else code


def _among(details: Mapping[str, object]) -> str:
    """The factor, theme or group that a rule is about."""
    if "factor" in details or "theme" in details:
        return factor(str(details.get("factor", details.get("theme")))).lower()
    return str(details.get("segment", ""))
