"""What is said of the scores that a plan hangs on, and of all those that it does not?"""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.disagreement import Disagreement
from planner.wording.why import moves, points


def question(name: str) -> str:
    return _("Hvilken uenighet betyr noe for «%(name)s»?", name=name)


def about() -> str:
    return _(
        "De fleste anslag over virkning kan være ganske feil uten at en annen plan blir bedre. Her finnes de få som "
        "betyr noe, så dere kan bruke tiden på dem."
    )


def answer(count: int, of: int, title: str, need: str, first: Disagreement) -> str:
    said = ngettext(
        "Ett av %(of)s anslag kan gjøre en annen plan bedre.",
        "%(n)s av %(of)s anslag kan gjøre en annen plan bedre.",
        count,
        n=notation.number(count),
        of=notation.number(of),
    )
    if first.broken:
        return said + " " + _(
            "Mest henger på «%(title)s» og %(need)s: virker det dårligere, holder ikke planen kravene.",
            title=title, need=need,
        )  # fmt: skip
    return said + " " + _(
        "Mest henger på «%(title)s» og %(need)s: der kan planen tape %(points)s.",
        title=title, need=need, points=points(first.regret),
    )  # fmt: skip


def none_matters(of: int, unsettled: int) -> str:
    if unsettled:
        return _(
            "Ingen av anslagene som er undersøkt, betyr noe for planen. %(n)s av %(of)s rakk vi ikke å avgjøre.",
            n=notation.number(unsettled),
            of=notation.number(of),
        )
    return _(
        "Ingen. Hvert av de %(of)s anslagene kan være så feil uten at en annen plan blir merkbart bedre.",
        of=notation.number(of),
    )


def between(low: float, high: float) -> str:
    return _("%(low)s til %(high)s", low=notation.percent(low), high=notation.percent(high))


def lost(one: Disagreement) -> str:
    return _("holder ikke kravene") if one.broken and one.regret == 0 else notation.number(one.regret, 1)


def then(one: Disagreement, titles: Mapping[str, str]) -> str:
    """What the best plan would be at the worse end."""
    when = {
        "low": _("Er virkningen %(share)s:", share=notation.percent(one.low)),
        "high": _("Er virkningen %(share)s:", share=notation.percent(one.high)),
    }[one.end or "low"]
    if one.broken and one.end is not None and not one.enters and not one.leaves:
        return f"{when} " + _("planen holder ikke lenger kravene.")
    if not one.enters and not one.leaves:
        return f"{when} " + _("de samme tiltakene, men noe starter i andre år.")
    return " ".join([when, *moves(one.enters, one.leaves, titles)])


def harmless(count: int) -> str:
    return ngettext(
        "Ett anslag betyr ikke noe",
        "%(n)s anslag betyr ikke noe",
        count,
        n=notation.number(count),
    )


def still_open(count: int) -> str:
    return ngettext(
        "Ett anslag rakk vi ikke å avgjøre",
        "%(n)s anslag rakk vi ikke å avgjøre",
        count,
        n=notation.number(count),
    )


def progress(done: int, of: int) -> str:
    if not of:
        return _("Gjør klar regnestykkene.")
    return _(
        "Undersøker ett anslag om gangen: %(done)s av %(of)s spørsmål er avgjort.",
        done=notation.number(done),
        of=notation.number(of),
    )


def by(is_said: bool) -> str:
    """Whose word it is how far a score may lie from what is counted."""
    return _("sagt i verkstedet") if is_said else _("antatt")


def method(said: int, of: int) -> str:
    """said: how many of the scores people gave in a workshop."""
    if not said:
        spread = _("Ingen har satt egne anslag ennå, så hvert anslag er flyttet til halvparten og til halvannen gang.")
    elif said >= of:
        spread = _("Hvert anslag er flyttet til det laveste og det høyeste som noen i verkstedet sa.")
    else:
        spread = _(
            "%(said)s av %(of)s anslag er flyttet til det laveste og det høyeste som noen i verkstedet sa, og resten "
            "til halvparten og til halvannen gang.",
            said=notation.number(said),
            of=notation.number(of),
        )
    return spread + " " + _(
        "Ett om gangen, med alt annet som det er, og den beste planen er funnet på nytt innen 0,1 prosent. Det planen "
        "taper, er forskjellen mellom den og den beste planen da. «Betyr ikke noe» er bevist: planen taper høyst 0,1 "
        "behovspoeng, hvilken vei uenigheten enn går. At et tiltak som ikke er med, virker dårligere, kan aldri endre "
        "planen, og for mange andre vet vi nok av hva det koster å ta tiltaket inn eller ut."
    )  # fmt: skip
