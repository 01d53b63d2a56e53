"""What is said of whether a plan holds when its estimates vary? A share of draws, never a core index."""

from math import ceil

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation

LITTLE, SOME = 0.01, 0.05
ALWAYS, HALF, HARDLY_EVER = 0.995, 0.5, 0.02


def question(name: str) -> str:
    return _("Står «%(name)s» seg?", name=name)


def about() -> str:
    return _(
        "Alle tall i planen er anslag. Her trekkes de på nytt mange ganger, og den beste planen finnes hver gang: da "
        "ser dere hvilke tiltak som er trygge valg, og hvilke som står og faller med anslagene."
    )


def answer(holding: int, doubtful: int, chosen: int) -> str:
    """holding: of the chosen, how many hold; doubtful: of those, how many more draws could take away again."""
    said = ngettext(
        "%(holding)s av ett tiltak står seg når anslagene varieres.",
        "%(holding)s av %(chosen)s tiltak står seg når anslagene varieres.",
        chosen,
        holding=notation.number(holding),
        chosen=notation.number(chosen),
    )
    if not doubtful:
        return said
    return f"{said} " + ngettext(
        "For ett av dem er det bare trolig: flere trekninger kan endre det.",
        "For %(n)s av dem er det bare trolig: flere trekninger kan endre det.",
        doubtful,
        n=notation.number(doubtful),
    )


def regret(mean: float, p95: float) -> str:
    """What the plan as it stands would lose. LITTLE is what each draw is solved to."""
    if mean < LITTLE:
        said = _("Planen er god selv om anslagene bommer og enkelttiltak bytter plass.")
    elif mean < SOME:
        said = _("Planen er nokså god selv om anslagene bommer.")
    else:
        said = _("Planen tåler dårlig at anslagene bommer.")
    return f"{said} " + _(
        "Holder dere fast på den, lukker den i snitt %(mean)s mindre enn den beste for hver trekning, og i det verste "
        "av tjue tilfeller %(worst)s mindre.",
        mean=notation.percent(mean, 1),
        worst=notation.percent(p95, 1),
    )


def fits(share: float, pot: float | None, reserve: float) -> str:
    """In how many draws the plan stays within its limits, and what would help where it seldom does.

    pot: the share of the limits to hold back for half of the draws. reserve: what is held back already.
    """
    if share >= ALWAYS:
        return ""
    within = _("rammen uten å røre mulighetspotten") if reserve else _("rammen")
    if share >= HALF:
        return _("I %(share)s av trekningene holder den %(within)s.", share=notation.percent(share), within=within)
    seldom = (
        _(
            "Men når kostnadene varierer, holder den sjelden %(within)s: bare i %(share)s av trekningene.",
            within=within,
            share=notation.percent(share),
        )
        if share >= HARDLY_EVER
        else _("Men når kostnadene varierer, holder den nesten aldri %(within)s.", within=within)
    )
    if pot is None or pot <= 0:
        return seldom
    if reserve >= pot:
        return f"{seldom} " + _("Mulighetspotten dekker resten i minst halvparten av dem.")
    return f"{seldom} " + _(
        "En mulighetspott på omtrent %(pot)s ville holdt i om lag halvparten av trekningene. Den settes under Rammer i "
        "Prioritering.",
        pot=notation.percent(ceil(100 * pot - 1e-9) / 100),
    )


def settled() -> str:
    """Why there are fewer draws than were asked for."""
    return _("Flere trekninger ble ikke gjort: ingen andel er usikrere enn tre prosentpoeng.")


def basis(draws: int, survey: bool, heard: int, scored: int) -> str:
    """heard: scores that a panel gave, of the scored that the draws vary."""
    varied = _("svarene i undersøkelsen (innenfor feilmarginen), ") if survey else ""
    return _(
        "Bygger på %(draws)s trekninger. I hver er dette trukket på nytt: %(varied)svirkningen av hvert tiltak "
        "(%(effects)s), gjennomføringsevnen (ti prosentpoeng opp eller ned) og kostnaden (fra en tidel mindre til en "
        "firedel mer). Så er den beste planen funnet, innen én prosent. Samme trekninger hver gang.",
        draws=notation.number(draws),
        varied=varied,
        effects=effects(heard, scored),
    )


def effects(heard: int, scored: int) -> str:
    """What the effects rest on."""
    if not heard:
        return _("halv, hel eller halvannen gang anslaget")
    said = _("det midterste anslaget når de som satte poeng i verkstedet, trekkes på nytt blant seg selv")
    if heard >= scored:
        return said
    return _(
        "%(said)s: det gjelder %(heard)s av %(scored)s anslag, og resten er halv, hel eller halvannen gang anslaget",
        said=said,
        heard=notation.number(heard),
        scored=notation.number(scored),
    )


def zone(code: str, count: int) -> str:
    name = {
        "holds": _("Står seg: valgt i minst 90 av 100 trekninger"),
        "depends": _("Avhenger av anslagene"),
        "falls": _("Faller ut: valgt i færre enn 10 av 100"),
    }[code]
    return f"{name} ({notation.number(count)})"


def word(code: str, doubtful: bool) -> str:
    """The verdict, no stronger than its interval: one that reaches into another zone is only likely."""
    if doubtful:
        return {"holds": _("står trolig seg"), "depends": _("avhenger trolig"), "falls": _("faller trolig ut")}[code]
    return {"holds": _("står seg"), "depends": _("avhenger"), "falls": _("faller ut")}[code]


def doubt() -> str:
    return _("trolig")


def inside(chosen: bool) -> str:
    return _("I planen") if chosen else _("Ikke i planen")


def over() -> str:
    return _("Valgt i så mange av trekningene")


def told(label: str, share: str, between: str, verdict: str, where: str) -> str:
    """What the row of the picture says as one sentence."""
    return _(
        "%(label)s: valgt i %(share)s av trekningene (%(between)s), %(verdict)s. %(where)s.",
        label=label,
        share=share,
        between=between,
        verdict=verdict,
        where=where,
    )


def interval(low: float, high: float) -> str:
    return f"{notation.number(100 * low)}–{notation.percent(high)}"


def count(draws: int) -> str:
    return _("Trekk %(n)s ganger", n=notation.number(draws))


def counts_about(few: int, many: int) -> str:
    return _(
        "Med %(few)s trekninger er andelen for hvert tiltak usikker med høyst fem prosentpoeng, med %(many)s med høyst "
        "tre. Flere trekninger tar lengre tid.",
        few=notation.number(few),
        many=notation.number(many),
    )


def progress(done: int, of: int) -> str:
    return _("%(done)s av %(of)s trekninger er regnet ut.", done=notation.number(done), of=notation.number(of))
