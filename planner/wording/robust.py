"""What is said of whether a plan holds when its estimates vary? A share of draws, never a core index."""

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation


def question(name: str) -> str:
    return _("Står «%(name)s» seg?", name=name)


def about() -> str:
    return _(
        "Alle tall i planen er anslag. Her trekkes de på nytt mange ganger, og den beste planen finnes hver gang: da "
        "ser dere hvilke tiltak som er trygge valg, og hvilke som står og faller med anslagene."
    )


def answer(holding: int, chosen: int) -> str:
    return ngettext(
        "%(holding)s av ett tiltak står seg når anslagene varieres.",
        "%(holding)s av %(chosen)s tiltak står seg når anslagene varieres.",
        chosen,
        holding=notation.number(holding),
        chosen=notation.number(chosen),
    )


def regret(mean: float, p95: float, fits: float) -> str:
    """What the plan as it stands would lose, and whether its costs would still fit."""
    lost = _(
        "Holder dere fast på planen, lukker den i snitt %(mean)s mindre enn den beste for hver trekning, og i det "
        "verste av tjue tilfeller %(worst)s mindre.",
        mean=notation.percent(mean, 1),
        worst=notation.percent(p95, 1),
    )
    if fits >= 0.995:
        return lost
    return f"{lost} " + _("I %(share)s av trekningene holder den rammen.", share=notation.percent(fits))


def basis(draws: int, survey: bool) -> str:
    varied = _("svarene i undersøkelsen (innenfor feilmarginen), ") if survey else ""
    return _(
        "Bygger på %(draws)s trekninger. I hver er dette trukket på nytt: %(varied)svirkningen av hvert tiltak (halv, "
        "hel eller halvannen gang anslaget), gjennomføringsevnen (ti prosentpoeng opp eller ned) og kostnaden (fra en "
        "tidel mindre til en firedel mer). Så er den beste planen funnet, innen én prosent. Samme trekninger hver "
        "gang.",
        draws=notation.number(draws),
        varied=varied,
    )


def zone(code: str, count: int) -> str:
    name = {
        "holds": _("Står seg: valgt i minst 90 av 100 trekninger"),
        "depends": _("Avhenger av anslagene"),
        "falls": _("Faller ut: valgt i færre enn 10 av 100"),
    }[code]
    return f"{name} ({notation.number(count)})"


def interval(low: float, high: float) -> str:
    return _("%(low)s til %(high)s", low=notation.percent(low), high=notation.percent(high))


def count(draws: int) -> str:
    return _("Trekk %(n)s ganger", n=notation.number(draws))


def progress(done: int, of: int) -> str:
    return _("%(done)s av %(of)s trekninger er regnet ut.", done=notation.number(done), of=notation.number(of))
