"""What is said of a workshop: of its settings, to those who lead it and to those who score?"""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.workshop import Action, ScaleKind, Stage, State, WorkshopSettings
from planner.domain.workshop_share import Shares
from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "workshop_title_missing": (N_("Verkstedet har ikke noe navn."), N_("Skriv hva det handler om.")),
    "workshop_text_too_long": (N_("Teksten er for lang."), N_("Bruk høyst %(limit)s tegn.")),
    "workshop_tables": (N_("Det er for mange bord."), N_("Bruk høyst %(most)s.")),
    "workshop_table_twice": (N_("To bord heter «%(text)s»."), N_("Gi dem ulike navn.")),
    "workshop_no_items": (N_("Ingen tiltak er valgt."), N_("Velg minst ett som skal vurderes.")),
    "workshop_many_items": (N_("Det er for mange tiltak for én kveld."), N_("Velg høyst %(most)s.")),
    "workshop_statements": (
        N_("%(code)s skal vurderes mot ett til %(most)s utsagn."),
        N_("Tre til fem er passe: det tiltaket mest kan hjelpe på."),
    ),
    "workshop_out_of_range": (N_("Tallet passer ikke."), N_("Skriv et helt tall fra %(low)s til %(high)s.")),
    "workshop_scale": (N_("Skalaen finnes ikke."), N_("Velg en av de to.")),
    "workshop_map": (
        N_("Prosenten passer ikke."),
        N_("Skriv et tall fra 0 til %(most)s som ikke er mindre enn det for trinnet under."),
    ),
    "workshop_fixed": (
        N_("Dette kan ikke endres nå, for noen kan ha svart."),
        N_("Det kan endres når runden er avslørt, eller i et nytt verksted."),
    ),
    "workshop_rounds_gone": (N_("Runde %(round)s har alt begynt."), N_("Antall runder kan ikke være mindre.")),
    "workshop_ended": (N_("Verkstedet er avsluttet."), N_("Start et nytt for å vurdere igjen.")),
    "workshop_too_few_to_adopt": (
        N_("Færre enn fem har vurdert dette, så det er ingen median å ta i bruk."),
        N_("Skriv et eget anslag med begrunnelse, eller la det være."),
    ),
    "workshop_override_range": (N_("Anslaget passer ikke."), N_("Skriv et tall fra 0 til %(most)s.")),
    "workshop_reason_missing": (
        N_("Et annet anslag enn medianen trenger en begrunnelse."),
        N_("Skriv kort hvorfor. Begrunnelsen blir stående ved anslaget."),
    ),
    "workshop_stale": (
        N_("Noen andre har endret verkstedet mens du hadde siden oppe."),
        N_("Det du skrev, står i feltene og er ikke lagret. Se over, og lagre igjen."),
    ),
    "workshop_not_now": (N_("Det kan ikke gjøres nå."), N_("Se hvor verkstedet er, og gå videre derfra.")),
    "workshop_size_taken": (
        N_("%(seats)s har alt kommet inn."),
        N_("Skriv et tall som er minst så stort."),
    ),
    "workshop_initiative_gone": (
        N_("Tiltak som skal vurderes, finnes ikke lenger i planen: %(codes)s."),
        N_("Ta dem ut av verkstedet, eller legg dem inn igjen."),
    ),
    "workshop_not_open": (N_("Verkstedet tar ikke imot noen nå."), N_("Hør med den som leder det.")),
    "workshop_locked": (N_("Døren er lukket."), N_("Be den som leder verkstedet, om å slippe deg inn.")),
    "workshop_full": (N_("Verkstedet er fullt."), N_("Be den som leder det, om å gjøre plass til flere.")),
    "workshop_table_missing": (N_("Velg hvilket bord du sitter ved."), ""),
    "workshop_group_missing": (N_("Velg en av gruppene, eller ingen av dem."), ""),
    "workshop_name_missing": (N_("Skriv navnet ditt."), N_("Bruk høyst %(limit)s tegn.")),
    "workshop_code_wrong": (
        N_("Fant ikke noe verksted med den koden."),
        N_("Se på storskjermen og skriv de ni tegnene. Store og små bokstaver er det samme."),
    ),
    "workshop_code_many": (
        N_("Det er prøvd mange feil koder herfra."),
        N_("Pek kameraet på QR-koden på storskjermen, eller vent litt."),
    ),
    "workshop_rehearsal": (
        N_("Dette er en prøve, og deltakerne er tenkte."),
        N_("Det de svarte, kan ikke bli anslag i planen."),
    ),
    "workshop_nothing_chosen": (N_("Ingenting er valgt."), N_("Velg minst ett anslag å ta i bruk.")),
    "workshop_override_number": (N_("Anslaget er ikke et tall."), N_("Skriv for eksempel 15.")),
}
FIELDS = {
    "title": N_("Hva heter verkstedet?"),
    "size": N_("Plass til (personer)"),
    "wanted": N_("Vurderinger av hvert tiltak"),
    "rounds": N_("Runder"),
    "tables": N_("Bord"),
    "group": N_("Spør hvilken gruppe hver snakker for"),
    "item": N_("Tiltakene, og hva hvert kan hjelpe på"),
}
STEPS = (N_("ingen"), N_("noen få"), N_("en del"), N_("mange"))


def usual_title() -> str:
    """Of a workshop, until it is given another."""
    return _("Hva hjelper her?")


def rehearsal_title() -> str:
    return _("Prøve med tenkte deltakere")


def made_up(number: int) -> str:
    return _("Tenkt deltaker %(n)s", n=number)


def made_up_comment(number: int) -> str:
    """What a made-up person writes."""
    texts = (
        _("Dette har vi snakket om i mange år."),
        _("Hjelper bare dem som bor i sentrum."),
        _("Bra, men hvem skal gjøre jobben?"),
        _("Det betyr mer enn det koster."),
        _("Jeg tror ikke det er dette som skal til."),
    )
    return texts[number % len(texts)]


def table() -> str:
    return _("Bord")


def step(kind: ScaleKind, number: int) -> str:
    """What a step of the scale is called."""
    return _(STEPS[number]) if kind == "steps" else notation.number(number)


def scale(kind: ScaleKind) -> str:
    return _("av ti med udekket behov, 0 til 10") if kind == "ten" else _("fire trinn: ingen, noen få, en del, mange")


def question(kind: ScaleKind) -> str:
    """What is asked about each statement."""
    if kind == "ten":
        return _("Tenk på ti som i dag har dette udekkede behovet. Hvor mange får det dekket hvis tiltaket virker?")
    return _("Av dem som mangler dette i dag: hvor mange får det hvis tiltaket virker?")


def dont_know() -> str:
    return _("vet ikke")


def takes(found: Shares, settings: WorkshopSettings, most: int) -> str:
    """What it takes in people and minutes."""
    items = len(settings.items)
    share = (
        _("Hver telefon får alle %(all)s tiltak", all=notation.number(items))
        if found.per_phone == items
        else _("Hver telefon får %(n)s av %(all)s tiltak", n=notation.number(found.per_phone), all=items)
    )
    time = ngettext("om lag ett minutt", "om lag %(n)s minutter", found.minutes, n=notation.number(found.minutes))
    said = _("%(share)s, %(time)s i hver runde.", share=share, time=time)
    people = _(
        "Det trengs minst %(people)s personer for at hvert tiltak skal vurderes av %(wanted)s.",
        people=notation.number(found.people),
        wanted=notation.number(settings.wanted),
    )
    room = (
        _("Er det %(size)s, rekker %(most)s å vurdere hvert tiltak på tjue minutter.", size=settings.size, most=most)
        if most < settings.wanted
        else ""
    )
    return " ".join(one for one in (said, people, room) if one)


def state(stage: Stage) -> str:
    """Where the workshop is, to the one who leads it."""
    return {
        "draft": _("Verkstedet er klart til å åpnes."),
        "gathering": _("Folk kommer inn. Ingen kan svare ennå."),
        "open": _("Runde %(n)s er i gang.", n=stage.round),
        "closed": _("Runde %(n)s er lukket. Ingenting er vist.", n=stage.round),
        "revealed": _("Runde %(n)s er avslørt.", n=stage.round),
        "ended": _("Verkstedet er avsluttet."),
    }[stage.state]


def phone_state(state: State) -> str:
    """The same to somebody in the room."""
    return {
        "draft": _("Verkstedet er ikke åpnet ennå."),
        "gathering": _("Du er inne. Vent til den som leder, starter."),
        "open": _("Svar på kortene i den rekkefølgen du vil. Alt blir lagret etter hvert."),
        "closed": _("Runden er lukket. Se på storskjermen."),
        "revealed": _("Runden er avslørt. Se på storskjermen."),
        "ended": _("Verkstedet er avsluttet. Takk for at du var med."),
    }[state]


def wall_state(stage: Stage) -> str:
    """The same on the wall."""
    return {
        "draft": _("Snart i gang"),
        "gathering": _("Velkommen inn"),
        "open": _("Runde %(n)s: svar på telefonen", n=stage.round),
        "closed": _("Runde %(n)s er lukket", n=stage.round),
        "revealed": _("Dette mener vi etter runde %(n)s", n=stage.round),
        "ended": _("Takk for i kveld"),
    }[stage.state]


def wall_proposals() -> str:
    return _("Forslag fra rommet")


def qr_title() -> str:
    return _("QR-kode til verkstedet")


def action(code: Action, stage: Stage) -> str:
    return {
        "gather": _("Slipp folk inn"),
        "open": _("Start runde %(n)s", n=stage.round + 1),
        "close": _("Lukk runden"),
        "reopen": _("Åpne runden igjen"),
        "reveal": _("Avslør"),
        "end": _("Avslutt verkstedet"),
    }[code]


def confirm(code: Action) -> str:
    """What is asked before what cannot be undone; «» where nothing is."""
    if code == "reveal":
        return _("Avsløre runden? Etterpå kan ingen svare i den lenger.")
    if code == "end":
        return _("Avslutte verkstedet? Telefonene blir koblet fra, og ingen kan svare lenger.")
    return ""


def log_line(what: str, round_: int) -> str:
    """One line of what has been done."""
    return {
        "create": _("Verkstedet ble laget"),
        "settings": _("Innstillingene ble endret"),
        "gather": _("Folk ble sluppet inn"),
        "open": _("Runde %(n)s startet", n=round_),
        "close": _("Runde %(n)s ble lukket", n=round_),
        "reopen": _("Runde %(n)s ble åpnet igjen", n=round_),
        "reveal": _("Runde %(n)s ble avslørt", n=round_),
        "end": _("Verkstedet ble avsluttet"),
        "lock": _("Døren ble lukket"),
        "unlock": _("Døren ble åpnet"),
        "adopt": _("Anslag ble tatt i bruk i planen"),
        "proposal_taken": _("Et forslag fra rommet ble tatt inn i tiltakslista"),
        "proposal_declined": _("Et forslag fra rommet ble satt til side"),
        "wall_proposals": _("Forslagene ble vist på storskjermen"),
        "wall_points": _("Delingen av poeng ble vist på storskjermen"),
        "points_segment": _("Rommet begynte å dele poeng på gruppene"),
        "points_segment_revealed": _("Delingen av poeng på gruppene ble avslørt"),
        "points_factor": _("Rommet begynte å dele poeng på temaene"),
        "points_factor_revealed": _("Delingen av poeng på temaene ble avslørt"),
        "wall_usual": _("Storskjermen viste det vanlige igjen"),
        "print": _("Stemmesedler ble laget til runde %(n)s", n=round_),
    }[what]


def seats(count: int) -> str:
    return ngettext("%(n)s inne", "%(n)s inne", count, n=notation.number(count))


def done(done: int, of: int) -> str:
    return _("%(done)s av %(of)s ferdige", done=notation.number(done), of=notation.number(of))


def percent(value: float | None) -> str:
    """A median effect: «12,5 %»."""
    return notation.NOTHING if value is None else f"{notation.compact(value)}\u00a0%"


def span(kind: ScaleKind, low: int | None, high: int | None) -> str:
    """Where the middle half of the room is."""
    if low is None or high is None:
        return notation.NOTHING
    return step(kind, low) if low == high else f"{step(kind, low)}–{step(kind, high)}"


def answers(count: int, unsure: int) -> str:
    said = ngettext("%(n)s svar", "%(n)s svar", count, n=notation.number(count))
    return _("%(said)s, %(n)s vet ikke", said=said, n=notation.number(unsure)) if unsure else said


def counts(kind: ScaleKind, counts: Sequence[int]) -> str:
    """How many gave each step: «ingen 2, mange 3»."""
    return ", ".join(f"{step(kind, at)}: {notation.number(count)}" for at, count in enumerate(counts) if count)


def adopted_apart(percent_: float, group: str, own: float) -> str:
    """Where a group's own median governs its own part."""
    return _("%(percent)s, %(group)s %(own)s", percent=percent(percent_), group=group, own=percent(own))


def adopted(count: int) -> str:
    return ngettext(
        "%(n)s anslag er tatt i bruk i planen.",
        "%(n)s anslag er tatt i bruk i planen.",
        count,
        n=notation.number(count),
    )


def field(name: str) -> str:
    """What a field of the form is called; «» for those that are told by the others."""
    return _(FIELDS[name]) if name in FIELDS else ""
