"""What are the statements, factors and groups called where there is room for a word or two?"""

from collections.abc import Iterable

from flask_babel import gettext

from planner.domain.mapping import Segment
from planner.domain.statements import Statement
from planner.wording import N_

_FACTORS = {
    "arbeid": N_("Arbeid"),
    "bolig": N_("Bolig"),
    "oppvekst_utdanning": N_("Oppvekst og utdanning"),
    "sosialt_miljo": N_("Sosialt miljø"),
    "tjenester": N_("Tjenester"),
    "natur": N_("Natur"),
    "kultur_fritid": N_("Kultur og fritid"),
    "hverdagsliv": N_("Hverdagsliv"),
}
# By text, not by id: a survey of another municipality may use s01 for something else.
_LABELS = {
    "Lett tilgang til naturen": N_("Natur"),
    "Å bo i en enebolig med egen hage og garasje": N_("Enebolig"),
    "Å bo i en bolig der noen rom og områder, som hage og garasje og gjesterom, blir eid og brukt i fellesskap med "
    "andre i nabolaget": N_("Sosial boligform"),
    "Å bruke kort tid på komme meg til jobb, hente i barnehage, handle osv.": N_("Kort reisetid"),
    "Å ha mulighet til å leve bærekraftig": N_("Bærekraftig liv"),
    "Tilgang til gode sosiale møteplasser": N_("Møteplasser"),
    "Et levende sentrum med for eksempel, kulturtilbud, cafe og butikker": N_("Levende sentrum"),
    "Å gi mine (framtidige) barn et godt oppvekstmiljø": N_("Oppvekstmiljø"),
    "Å være godt kjent med lokalsamfunnet": N_("Kjent på stedet"),
    "Et trygt nettverk": N_("Trygt nettverk"),
    "Mange jevnaldrende i nærheten": N_("Jevnaldrende"),
    "Et godt sosialt liv": N_("Sosialt liv"),
    "Å leve i et samfunn med lite press om å lykkes på alle fronter": N_("Lite press"),
    "Å få være meg selv fullt ut": N_("Være seg selv"),
    "Mange jobbmuligheter": N_("Jobbmuligheter"),
    "Å ha drømmejobben": N_("Drømmejobb"),
    "En sikker arbeidsplass": N_("Sikkert arbeid"),
    "Å unngå å pendle for jobb": N_("Slippe å pendle"),
    "Å få bruke det jeg er god til": N_("Bruke evnene"),
    "Digitale verktøy for å kunne jobbe hvor som helst": N_("Jobbe hvor som helst"),
    "Mulighet til å stige raskt i gradene på jobb": N_("Karriere"),
    "Gode kommunale tjenester som skole, barnehage og helse": N_("Kommunale tjenester"),
    "Gode offentlige tjenester som sykehus, NAV og politi": N_("Statlige tjenester"),
    "Kort avstand til matbutikk": N_("Nær matbutikk"),
    "Et variert utvalg i matbutikken": N_("Vareutvalg"),
    "Et godt kulturtilbud": N_("Kulturtilbud"),
    "Et godt kollektivtransporttilbud": N_("Kollektivtransport"),
    "Gode utdanningsmuligheter for (framtidige) barn": N_("Utdanning for barn"),
    "Et variert fritidstilbud": N_("Fritidstilbud"),
    "Gode utdanningsmuligheter": N_("Utdanning"),
}
_SEGMENTS = {
    "innvandrere": N_("Innvandrere"),
    "tilflyttere": N_("Tilflyttere"),
    "unge": N_("Unge"),
    "voksne": N_("Voksne"),
}
LONGEST_LABEL = 28


def factor(id_: str) -> str:
    """The name of a factor; one we do not know is called by its id."""
    return gettext(_FACTORS[id_]) if id_ in _FACTORS else id_


def statement(one: Statement) -> str:
    """A word or two for a statement; the start of its text when it is a survey's own."""
    known = _LABELS.get(one.text)
    if known:
        return gettext(known)
    return one.text if len(one.text) <= LONGEST_LABEL else one.text[: LONGEST_LABEL - 1].rstrip() + "…"


def segment(one: Segment) -> str:
    """A group by its name: ours in the reader's language, a municipality's own as it was given."""
    return gettext(_SEGMENTS[one.id]) if _SEGMENTS.get(one.id) == one.name else one.name


def segments(some: Iterable[Segment]) -> dict[str, str]:
    """id -> name, in order."""
    return {one.id: segment(one) for one in some}
