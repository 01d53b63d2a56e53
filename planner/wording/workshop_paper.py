"""What is said to those who print paper ballots and type them?"""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.ballot_id import shown
from planner.domain.workshop_paper import DONT_KNOW, Ballot, BallotState, Field, Printed, typed_text
from planner.wording import N_
from planner.wording.workshop_ballot import Names, answers

FINDINGS: dict[str, tuple[str, str]] = {
    "paper_count": (N_("Antallet passer ikke."), N_("Skriv et helt tall fra 1 til %(most)s.")),
    "paper_too_many": (
        N_("Det kan være høyst %(most)s stemmesedler i en runde."),
        N_("%(there)s er laget alt. Skriv dem ut på nytt, eller bruk dem først."),
    ),
    "paper_early": (N_("Runde %(round)s har ikke begynt."), N_("Stemmesedlene kan skrives inn når den er startet.")),
    "paper_late": (
        N_("Det er for sent: runde %(round)s er avslørt, og rommet har sett svarene."),
        N_("Stemmesedler som ikke er skrevet inn, er ikke med."),
    ),
    "paper_ended": (N_("Det er for sent: verkstedet er avsluttet."), N_("Stemmesedler kan ikke skrives inn lenger.")),
    "paper_answer": (
        N_("Ikke et svar."),
        N_("Skriv 0 til %(most)s, x for «vet ikke», eller - der det ikke er satt ett kryss."),
    ),
    "paper_blank": (N_("Ingenting er skrevet."), N_("Skriv - der det ikke er satt ett kryss.")),
    "paper_id": (
        N_("Ingen stemmeseddel har merket «%(text)s»."),
        N_("Se på merket øverst på arket, og skriv de seks tegnene."),
    ),
    "paper_not_there": (
        N_("Stemmeseddelen %(text)s er ikke laget i dette verkstedet."),
        N_("Se på merket øverst på arket."),
    ),
    "paper_outdated": (
        N_("Stemmeseddelen ble skrevet ut før oppsettet ble endret, og spør ikke om det samme."),
        N_("Svarene på den kan ikke være med."),
    ),
    "paper_counted": (N_("Stemmeseddelen %(text)s teller allerede med."), N_("Den er ikke talt på nytt.")),
    "paper_cell": (
        N_("Raden er ikke på stemmeseddelen %(text)s."),
        N_("Bare kolonnen Svar skal fylles ut. Last ned skjemaet på nytt, og flytt svarene dit."),
    ),
    "paper_twice": (N_("Det samme står også i rad %(row)s."), N_("Slett den ene av de to radene.")),
    "paper_rows_missing": (
        N_("%(count)s rader av stemmeseddelen %(text)s mangler."),
        N_("Last ned skjemaet på nytt, og flytt svarene dit."),
    ),
    "paper_form": (
        N_("Kolonnen Skjema er ikke som den var for stemmeseddelen %(text)s."),
        N_("Den sier hvilket skjema svarene er skrevet i. Last ned skjemaet på nytt, og flytt svarene dit."),
    ),
    "paper_formula": (N_("Raden har en formel."), N_("Skriv svaret som tekst eller tall.")),
    "paper_headings": (
        N_("Filen mangler kolonner: %(headings)s."),
        N_("Bruk skjemaet som lastes ned her, og fyll bare ut kolonnen Svar."),
    ),
    "paper_table_empty": (
        N_("Ingen stemmeseddel er skrevet inn i filen som ikke teller alt."),
        N_("Fyll ut kolonnen Svar for minst én stemmeseddel."),
    ),
    "paper_no_file": (N_("Ingen fil er valgt."), N_("Velg skjemaet som er fylt ut.")),
    "paper_changed": (
        N_("Noen andre har skrevet inn eller avgjort stemmeseddelen mens du hadde siden oppe."),
        N_("Se på den på nytt."),
    ),
    "paper_choice": (N_("Ikke et av valgene."), N_("Skriv tallet i ruta, 0 til %(most)s.")),
}


def printed(count: int) -> str:
    return ngettext("%(n)s stemmeseddel er laget.", "%(n)s stemmesedler er laget.", count, n=notation.number(count))


def pile(count: int, left: int, *, is_outdated: bool) -> str:
    """A printing in the list of them. left: how many nobody has typed."""
    said = ngettext("%(n)s stemmeseddel", "%(n)s stemmesedler", count, n=notation.number(count))
    if is_outdated:
        return _("%(said)s fra før oppsettet ble endret. De kan ikke brukes: lag nye.", said=said)
    if left == count:
        return said
    return _("%(said)s, %(left)s er ikke skrevet inn", said=said, left=notation.number(left))


def id_(ballot: str) -> str:
    return shown(ballot)


def prints(round_: int | None) -> str:
    """What a printing is for, or why there is none."""
    if round_ is None:
        return _("Det kommer ingen runde til, så det er ikke noe å skrive ut.")
    if round_ == 1:
        return _("Én stemmeseddel til hver person uten telefon i runde %(n)s. Lag gjerne noen ekstra.", n=round_)
    return _(
        "Stemmesedler i runde %(n)s er for dem som ikke har svart før. Den som har svart på papir, står ved det: hvem "
        "som svarte hva, er ikke kjent, og en seddel til ville telt i tillegg.",
        n=round_,
    )


def nothing_printed() -> str:
    return _("Det er ikke laget stemmesedler til denne runden.")


def answer(round_: int, counts: Mapping[BallotState, int]) -> str:
    """How far the paper of a round is."""
    total = sum(counts.values())
    if not total:
        return _("For dem som heller vil svare på papir. Stemmesedlene teller med i runden som telefonene er i.")
    said = _(
        "Runde %(round)s: %(counted)s av %(total)s stemmesedler teller med.",
        round=round_,
        counted=notation.number(counts.get("counted", 0)),
        total=notation.number(total),
    )
    left = waiting(counts)
    return f"{said} {left}" if left else said


def waiting(counts: Mapping[BallotState, int]) -> str:
    """What is typed and does not count yet; «» where nothing is."""
    once, differs = counts.get("once", 0), counts.get("differs", 0)
    some = []
    if once:
        some.append(
            ngettext("%(n)s er skrevet inn én gang.", "%(n)s er skrevet inn én gang.", once, n=notation.number(once))
        )
    if differs:
        some.append(
            ngettext(
                "%(n)s er skrevet inn ulikt og må avgjøres.",
                "%(n)s er skrevet inn ulikt og må avgjøres.",
                differs,
                n=notation.number(differs),
            )
        )
    return " ".join(some)


def comment() -> str:
    return _("Kommentar")


def time(ballot: Ballot) -> str:
    """Which time it is typed."""
    return _("Første gang") if ballot.first is None else _("Andre gang")


def label(field: Field, known: Names) -> str:
    """What a field asks, where it stands alone."""
    if field.kind == "answer":
        return f"{known.initiative(field.initiative)}: {known.statement(field.statement)}"
    if field.kind == "comment":
        return _("%(initiative)s: kommentar", initiative=known.initiative(field.initiative))
    return {"name": _("Navn"), "table": _("Bord"), "group": _("Hvem snakker du for?")}[field.kind]


def options(printed: Printed, field: Field, known: Names) -> str:
    """What may be typed in a field, and what it means: «0 ingen, 1 noen få»; «» where anything may."""
    if field.kind == "answer":
        told = tuple(("x" if box == "?" else box, text) for box, text in answers(printed))
        return ", ".join(box if box == text else f"{box} {text}" for box, text in (*told, ("-", _("ikke ett kryss"))))
    if field.kind not in ("group", "table"):
        return ""
    there = known.groups(printed.groups) if field.kind == "group" else printed.tables
    return ", ".join(f"{at} {text}" for at, text in ((0, _("ingen av dem")), *enumerate(there, 1)))


def value(printed: Printed, field: Field, value: str, known: Names) -> str:
    """What was typed, with what it means: «2 en del»."""
    if field.kind in ("name", "comment"):
        return value or notation.NOTHING
    text = typed_text(printed, field, value)
    if field.kind == "answer":
        meant = dict(answers(printed)).get("?" if value == DONT_KNOW else value, _("ikke ett kryss"))
    else:
        meant = (known.groups([value])[0] if field.kind == "group" else value) or _("ingen av dem")
    return text if text == meant else f"{text} {meant}"


def kept(ballot: Ballot) -> str:
    """What came of typing a ballot."""
    return {
        "once": _(
            "%(id)s er skrevet inn én gang. Den teller når den er skrevet inn likt én gang til.", id=shown(ballot.id)
        ),
        "differs": _("%(id)s er skrevet inn ulikt de to gangene.", id=shown(ballot.id)),
        "counted": _("%(id)s teller med.", id=shown(ballot.id)),
        "printed": _("%(id)s er tom igjen.", id=shown(ballot.id)),
    }[ballot.state]


def row(printed: Printed, field: Field, known: Names) -> str:
    """What a row of the table asks, with what may be typed."""
    told = options(printed, field, known)
    return f"{label(field, known)} ({told})" if told else label(field, known)


def table_stem(title: str, round_: int) -> str:
    return _("Svar på papir %(title)s runde %(n)s", title=title, n=round_)


def uploaded(counts: Mapping[BallotState, int]) -> str:
    """What came of a table."""
    counted = counts.get("counted", 0)
    said = ngettext("%(n)s stemmeseddel er talt.", "%(n)s stemmesedler er talt.", counted, n=notation.number(counted))
    left = waiting(counts)
    return " ".join(one for one in (said if counted else "", left) if one)
