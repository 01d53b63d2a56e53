"""What does the needs page say? What people lack most, who, how sure it is, and what the weights do."""

from collections.abc import Sequence
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.figures import Figure
from planner.domain.gap_rows import FactorRow, GapRow
from planner.domain.needs import whole_percent
from planner.domain.priorities import FactorChoice, SegmentChoice
from planner.domain.ranking import Certainty
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "weight_not_a_number": (
        N_("«%(text)s» er ikke et tall."),
        N_("Skriv et tall på 0 eller mer, for eksempel 2 eller 1,5."),
    ),
    "weight_negative": (N_("%(text)s er mindre enn 0."), N_("Skriv et tall på 0 eller mer.")),
    "weight_too_large": (N_("Tallet er større enn %(most)s."), N_("Skriv et mindre tall.")),
    "weights_all_zero": (
        N_("Alle tallene er 0 eller tomme."),
        N_("Gi minst én av dem et tall over 0, eller velg noe annet enn egne tall."),
    ),
    "population_half_filled": (
        N_("Innbyggertall mangler for noen av gruppene."),
        N_("Fyll inn alle, eller la alle stå tomme: da teller hver gruppe så mye som svarene sier."),
    ),
    "weight_choice_unknown": (N_("Valget finnes ikke."), N_("Velg ett av alternativene.")),
    "weights_changed": (
        N_("Vektene ble endret i et annet vindu mens denne siden sto åpen. Nå er de: %(now)s."),
        N_("Det du valgte, står fortsatt i skjemaet. Lagre på nytt hvis det er det som skal gjelde."),
    ),
}


def share(value: float | None) -> str:
    """A share as everywhere on the page: whole per cent, the same rounding as need points are made of."""
    return notation.NOTHING if value is None else notation.percent(Fraction(whole_percent(value), 100))


def interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return notation.NOTHING
    return f"{notation.number(whole_percent(low))}–{share(high)}"


def certainty(code: Certainty) -> str:
    """How sure it is that a need is among the five largest."""
    return {
        "clearly": _("klart blant de fem største"),
        "probably": _("trolig blant de fem største"),
        "possibly": _("kan være blant de fem største"),
        "hardly": _("neppe blant de fem største"),
    }[code]


def answer(rows: Sequence[tuple[str, GapRow]]) -> str:
    """The page's answer. rows: (a statement's short name, row), largest first, only those with a figure."""
    top = rows[:3]
    if not top:
        return _("For få har svart til at noe kan vises.")
    named = listed([f"{small(label)} ({share(row.unmet)})" for label, row in top])
    clear = next((place for place, (_label, row) in enumerate(rows) if row.certainty != "clearly"), len(rows))
    return f"{_('Flest mangler %(named)s.', named=named)} {_how_clear(clear, len(top))}"


def _how_clear(clear: int, named: int) -> str:
    if clear == 0:
        return _("Forskjellene er så små at ingen av dem er klart blant de fem største.")
    if clear == 1:
        return _("Det første er klart blant de fem største behovene.")
    if clear == named:
        return _("Alle %(n)s er klart blant de fem største behovene.", n=in_words(named))
    return _("De %(n)s første er klart blant de fem største behovene.", n=in_words(clear))


def in_words(number: int) -> str:
    words = (_("null"), _("ett"), _("to"), _("tre"), _("fire"), _("fem"))
    return words[number] if number < len(words) else notation.number(number)


def listed(parts: Sequence[str]) -> str:
    """a, b og c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s og %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def answers(figure: Figure, weighted: bool) -> str:
    """«412 svar», and what they count as where weighting makes it fewer."""
    told = ngettext("%(n)s svar", "%(n)s svar", figure.n, n=notation.number(figure.n))
    if not weighted or round(figure.n_eff) >= figure.n:
        return told
    return _("%(answers)s, som teller som %(n)s etter vekting", answers=told, n=notation.number(figure.n_eff))


def told(text: str, row: GapRow, figure: Figure | None, weighted: bool) -> str:
    """A statement's row as sentences: what the picture shows to those who point at it."""
    if figure is None:
        return _("%(text)s: for få svar til å vises.", text=text)
    return _(
        "%(text)s: %(share)s har et udekket behov (%(interval)s). Viktighet %(importance)s, sannsynlighet "
        "%(likelihood)s på skalaen 1–7. Bygger på %(answers)s. %(certainty)s.",
        text=text,
        share=share(row.unmet),
        interval=interval(row.low, row.high),
        importance=notation.number(figure.importance, 1),
        likelihood=notation.number(figure.likelihood, 1),
        answers=answers(figure, weighted),
        certainty=capital(certainty(row.certainty)),
    )


def small(text: str) -> str:
    """A name inside a sentence: small first letter, unless it is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def about(factor_name: str, figure: Figure | None) -> str:
    """The quiet line under a statement on a telephone."""
    if figure is None:
        return _("%(factor)s · for få svar", factor=factor_name)
    return _("%(factor)s · %(n)s svar", factor=factor_name, n=notation.number(figure.n))


def flags(figure: Figure | None) -> tuple[str, ...]:
    """What a reader should have in mind beside a figure."""
    if figure is None:
        return ()
    found = []
    if figure.n < 10:
        found.append(_("svært usikkert"))
    elif figure.n < 30:
        found.append(_("usikkert"))
    if figure.many_unsure:
        found.append(_("%(share)s svarte «vet ikke»", share=share(figure.dont_know)))
    return tuple(found)


def who(groups: Sequence[tuple[str, float]], row: FactorRow, strongest: str) -> str:
    """Who feels the largest need of a factor. groups: (name, share), highest first."""
    if not groups:
        return _("Gruppene er for små til å vises hver for seg.")
    told = listed([f"{name} {share(value)}" for name, value in groups])
    if row.stands_out:
        return _("%(told)s. I temaet som helhet mangler %(group)s mest.", told=told, group=strongest)
    return f"{told}."


def initiatives(count: int, any_there: bool) -> str:
    """How many initiatives are aimed at a factor's needs."""
    if not any_there:
        return _("Ingen tiltak er lagt inn ennå.")
    if not count:
        return _("Ingen tiltak retter seg mot dette.")
    return ngettext("%(n)s tiltak retter seg mot dette.", "%(n)s tiltak retter seg mot dette.", count, n=count)


def picture_desc(rows: Sequence[tuple[str, GapRow]]) -> str:
    """The figures of the picture for those who hear the page: the five largest, and where the rest are."""
    largest = ". ".join(f"{text}: {share(row.unmet)} ({interval(row.low, row.high)})" for text, row in rows[:5])
    return _("De fem største udekkede behovene: %(largest)s. Alle tallene står i tabellen under.", largest=largest)


def group_title(name: str, largest: str, value: float) -> str:
    """The finding of one group's picture."""
    return _("%(group)s: flest mangler «%(text)s», %(share)s", group=name, text=largest, share=share(value))


def map_desc(lift: Sequence[str]) -> str:
    if not lift:
        return _("Ingen utsagn er både viktige og lite sannsynlige i snitt. Alle tallene står i tabellen under.")
    return _("Viktig og lite sannsynlig i snitt: %(named)s. Alle tallene står i tabellen under.", named="; ".join(lift))


def map_title(lift: int) -> str:
    return ngettext(
        "%(n)s utsagn er viktig for folk og samtidig lite sannsynlig her",
        "%(n)s utsagn er viktige for folk og samtidig lite sannsynlige her",
        lift,
        n=notation.number(lift),
    )


def segment_choice(code: SegmentChoice) -> str:
    return {"population": _("befolkning"), "equal": _("likt"), "own": _("egne tall")}[code]


def factor_choice(code: FactorChoice) -> str:
    return {"equal": _("likt"), "own": _("egne tall"), "per_statement": _("per spørsmål")}[code]


def weights(segments: SegmentChoice, factors: FactorChoice) -> str:
    """«grupper: befolkning, temaer: likt»."""
    return _(
        "grupper: %(segments)s, temaer: %(factors)s", segments=segment_choice(segments), factors=factor_choice(factors)
    )


def steady_unmet(steady: bool) -> str:
    if steady:
        return _("De fem største udekkede behovene er de samme fem, enten gruppene veies etter befolkning eller likt.")
    return _("Hvilke fem udekkede behov som er størst, avhenger av hvordan gruppene veies.")


def steady_points(steady: bool) -> str:
    if steady:
        return _("De fem behovene med flest behovspoeng er også de samme.")
    return _("Hvilke fem behov som får flest behovspoeng, avhenger av vektene. Slik endrer de fem seg:")


def swap(entered: Sequence[str], left: Sequence[str]) -> str:
    """What changes among the five largest with other weights."""
    if not entered:
        return _("de samme fem")
    quoted = [listed([f"«{text}»" for text in texts]) for texts in (entered, left)]
    return _("inn kommer %(entered)s; ut går %(left)s", entered=quoted[0], left=quoted[1])


def together(names: Sequence[str]) -> str:
    """The name of groups that are shown as one."""
    return listed(list(names))


def pooled_note(names: Sequence[str]) -> str:
    return _(
        "%(names)s vises samlet. Ellers kunne tallene for dem med få svar regnes ut fra de andre.",
        names=together(names),
    )


def few_note(name: str) -> str:
    return _(
        "For få i gruppen %(name)s har svart til at tallene kan vises uten å røpe hva enkeltpersoner mente. Gruppen "
        "teller likevel med: for dem brukes tallene for hele kommunen, merket «lånt».",
        name=name,
    )


def few_proposal(name: str) -> str:
    return _(
        "Vil dere vite hva gruppen %(name)s mangler, inviter dem til et verksted: fem–ti personer, en kveld, de samme "
        "utsagnene. Da blir de hørt uten at noen kan kjennes igjen i et tall.",
        name=name,
    )


def strict_span(text: str, figure: Figure) -> str:
    """How far the largest need moves with the threshold for what counts."""
    return _(
        "For «%(text)s» gir de fire grensene fra %(low)s til %(high)s.",
        text=text,
        low=share(min(figure.strict)),
        high=share(max(figure.strict)),
    )
