"""Which initiatives can a municipality start from? The example bank, read as candidates.

Every figure in it is an example (kilde: eksempelbank), for a municipality of 3,000–6,000 people. What the file does not
say is decided here, with the reason beside it; a municipality changes any of it afterwards.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace

from planner.domain.candidates import Candidate, Effect, Level, Partner, Staff
from planner.domain.costs import Budget, Cost, Costs, Grant, GrantStatus
from planner.domain.financing import recount

PRICE_YEAR = 2026
STRENGTH = {"1": 5, "2": 15, "3": 30}  # noen få, en del, mange
# The theme is shown and filtered by; rules about breadth count the factor.
THEME_AND_FACTOR = {
    "bolig": ("Bolig", "bolig"),
    "arbeid": ("Arbeid", "arbeid"),
    "oppvekst": ("Oppvekst", "oppvekst_utdanning"),
    "moteplass": ("Møteplass", "sosialt_miljo"),
    "inkludering": ("Inkludering", "sosialt_miljo"),
    "tjenester": ("Tjenester", "tjenester"),
}
SEGMENT_OF = {
    "ungdom": "unge",
    "unge_voksne": "unge",
    "barnefamilier": "voksne",
    "eldre": "voksne",
    "pendlere": "voksne",
    "tilflyttere": "tilflyttere",
    "innvandrere": "innvandrere",
}
BUDGET_OF: dict[str, Budget] = {"drift": "operating", "investering": "investment"}
# A proposal for who in the organisation would own it, by theme; titles differ from place to place.
RESPONSIBLE_OF = {
    "bolig": "Plan og teknisk",
    "arbeid": "Næring",
    "oppvekst": "Oppvekst",
    "moteplass": "Kultur og frivillighet",
    "inkludering": "Inkludering og tilflytting",
    "tjenester": "Kommunedirektørens stab",
}
# Who outside the municipality must take part, read out of titles and sources. Funders alone are grants, not partners.
PARTNERS = {
    "T05": ("Privat utbygger",),
    "T07": ("Utbyggere",),
    "T08": ("Boligbyggelag eller utbygger",),
    "T09": ("Huseiere",),
    "T10": ("Lokalt næringsliv", "Næringshagen"),
    "T11": ("Deltakerbedrifter", "Fylkeskommunen"),
    "T12": ("Bedrifter i regionen",),
    "T13": ("Lokale bedrifter",),
    "T16": ("Privat kontorfellesskap",),
    "T18": ("Fylkeskommunen (skoleeier)",),
    "T19": ("Fylkeskommunen", "Universitet eller høgskole"),
    "T20": ("Frivillige lag",),
    "T24": ("Idrettslaget",),
    "T26": ("NAV", "Politiet", "Helseforetaket"),
    "T27": ("Gårdeiere", "Handelsstanden"),
    "T28": ("Velforeninger og grendelag", "Idrettslagene"),
    "T31": ("Nabokommunene",),
    "T32": ("Frivillige lag",),
    "T33": ("Lokal vekstbedrift", "Lokale arbeidsgivere"),
    "T34": ("Kjøpmannen",),
    "T35": ("NAV", "Lokale arbeidsgivere"),
    "T39": ("Fylkeskommunen (kollektivtransport)",),
    "T40": ("Drosjenæringen", "Fylkeskommunen"),
}
# Something must be there first that the municipality does not decide: a developer, an office community somebody runs, a
# school owner, state agencies, a shopkeeper, the county's bus contract.
OUTSIDE = frozenset({"T05", "T16", "T18", "T26", "T34", "T39"})
LEVEL_OF: dict[str, Level] = {"T18": "fylke", "T26": "stat", "T39": "fylke", "T40": "fylke"}
# Large investments are built over several years, so that no year's own share passes 1.9 million: what a small
# municipality that sets off two million a year can take in any year, with 5 % in reserve. T03 builds its four homes
# one after the other.
ONE_TIME_YEARS = {"T03": 6, "T06": 3, "T07": 3, "T27": 2}
# Grants that follow from a rule, a fee or an agreement that comes with the initiative itself; the rest are decided by
# others in competition, and stay «søkt».
LIKELY_GRANTS = frozenset({"T03", "T07", "T11", "T12", "T20", "T24", "T26", "T33", "T34", "T35"})


def read_bank(csv_text: str, segments: Iterable[str]) -> tuple[Candidate, ...]:
    """The bank in file order, every grant «søkt». segments: the plan's own; targets outside them are left out.

    Raises KeyError, ValueError or Refused for a file that does not follow its own form: it is the program's.
    """
    known = tuple(segments)
    return tuple(_candidate(row, known) for row in csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff"))))


def with_likely_grants(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The sample municipality's list: the grants that can be counted on have their tilsagn."""
    granted: GrantStatus = "tilsagn"
    return tuple(
        replace(candidate, costs=recount(candidate.costs, granted)) if candidate.code in LIKELY_GRANTS else candidate
        for candidate in candidates
    )


def _candidate(row: dict[str, str], segments: tuple[str, ...]) -> Candidate:
    code, theme = row["id"], row["theme"]
    partners = PARTNERS.get(code, ())
    before, _, deadline = row["cofinancing_source"].partition("; søknadsfrist ")
    return Candidate(
        code=code,
        title=row["title_nb"],
        theme=THEME_AND_FACTOR[theme][0],
        factor=THEME_AND_FACTOR[theme][1],
        level=LEVEL_OF.get(code, "kommune"),
        responsible=RESPONSIBLE_OF[theme],
        partners=tuple(Partner(name) for name in partners),
        deadline=deadline,
        idea=row["basis"],
        targets=_targets(row["target_groups"], segments),
        effects=tuple(_effect(pair) for pair in row["affects"].split("|")),
        chance=60.0 if code in OUTSIDE else 75.0 if len(partners) >= 2 else 90.0,
        chance_source="eksempelbank",
        delay=_delay(int(row["lead_time_months"])),
        costs=_costs(row, before),
        staff_start=Staff(int(row["person_months_start"]), "eksempelbank"),
        staff_yearly=Staff(int(row["person_months_per_year"]), "eksempelbank"),
        requires_all=_codes(row["requires_all"]),
        requires_any=_codes(row["requires_any"]),
        excludes=_codes(row["excludes"]),
    )


def _costs(row: dict[str, str], source: str) -> Costs:
    one_time_share, yearly_share = float(row["cofin_onetime_pct"]), float(row["cofin_yearly_pct"])
    grant = Grant(
        name=source or "Ikke oppgitt",
        one_time_share=one_time_share,
        yearly_share=yearly_share,
        years=3 if "første tre år" in source else None,
        source="eksempelbank",
    )
    return Costs(
        one_time=Cost(int(row["one_time_knok"]), "eksempelbank"),
        budget=BUDGET_OF[row["budget_type"]],
        one_time_years=ONE_TIME_YEARS.get(row["id"], 1),
        yearly=Cost(int(row["yearly_knok"]), "eksempelbank"),
        grants=(grant,) if one_time_share or yearly_share else (),
        price_year=PRICE_YEAR,
    )


def _effect(pair: str) -> Effect:
    statement, strength = pair.split(":")
    return Effect(statement, STRENGTH[strength], "eksempelbank")


def _targets(groups: str, segments: tuple[str, ...]) -> tuple[str, ...]:
    wanted = groups.split("|")
    if "alle" in wanted:
        return segments
    reached = {SEGMENT_OF[group] for group in wanted}
    return tuple(segment for segment in segments if segment in reached)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split("|") if code)


def _delay(months: int) -> int:
    """Whole years until it works: one more where over five months remain, two at most."""
    years, rest = divmod(months, 12)
    return min(2, years + (rest > 5))
