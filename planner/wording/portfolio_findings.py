"""What is said when the frame cannot be read, cannot be kept, or cannot be solved?"""

from flask_babel import gettext as _

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "settings_not_a_number": (N_("«%(text)s» er ikke et tall."), N_("Skriv for eksempel 1200 eller 12,5.")),
    "settings_not_whole": (N_("Dette må være et helt tall."), N_("Skriv for eksempel 2.")),
    "settings_negative": (N_("Tallet er under null."), N_("Skriv 0 eller mer, eller la feltet stå tomt.")),
    "settings_too_large": (
        N_("Tallet er større enn ti milliarder kroner."),
        N_("Rammen skrives i 1000 kr: 3000 er tre millioner."),
    ),
    "settings_not_a_share": (N_("En andel er mellom 0 og 100 prosent."), N_("Skriv for eksempel 10.")),
    "settings_years": (N_("Planen kan ikke ha disse årene."), N_("Velg et startår, og høyst %(most)s år.")),
    "settings_effect_years": (N_("Virkningen kan ikke regnes over så mange år."), N_("Velg 4 eller 10 år.")),
    "settings_closure": (N_("Regnemåten finnes ikke."), N_("Last siden på nytt.")),
    "settings_choice": (N_("Valget finnes ikke."), N_("Velg «fritt», «må med» eller «skal ikke med».")),
    "settings_window_backwards": (
        N_("%(code)s kan ikke starte etter %(from)s og før %(to)s."),
        N_("Bytt om årene, eller la ett av dem stå tomt."),
    ),
    "settings_must_cannot_start": (
        N_("%(code)s må med, men kan ikke starte i noe år fra %(first)s til %(last)s."),
        N_("Gi det et annet startår, eller la det være fritt."),
    ),
    "settings_must_both": (
        N_("%(code)s og %(other)s må begge med, men de kan ikke stå sammen."),
        N_("La minst ett av dem være fritt."),
    ),
    "settings_must_needs_barred": (
        N_("%(code)s må med, men bygger på %(other)s, som ikke skal med."),
        N_("La %(other)s være fritt, eller la %(code)s være fritt."),
    ),
    "settings_count_too_high": (
        N_("Det skal være minst %(count)s tiltak her, men listen har bare %(there)s som kan være med."),
        N_("Senk tallet, eller legg til tiltak."),
    ),
    "settings_limit_zero": (
        N_("Rammen er 0 i %(year)s, så ingenting som koster noe det året, kan være med."),
        N_("La feltet stå tomt hvis det ikke er noen grense."),
    ),
    "settings_limits_zero": (
        N_("Rammen er 0 i alle årene, så ingenting som koster noe, kan være med."),
        N_("La feltene stå tomme hvis det ikke er noen grense."),
    ),
    "portfolio_no_needs": (
        N_("Behovene er ikke regnet ut, så det er ikke noe å prioritere etter."),
        N_("Last opp undersøkelsen først."),
    ),
    "portfolio_no_initiatives": (N_("Det er ingen tiltak å velge mellom."), N_("Legg inn tiltak først.")),
    "portfolio_name_missing": (N_("Planen mangler navn."), N_("Skriv for eksempel «Kommunedirektørens forslag».")),
    "portfolio_name_too_long": (N_("Navnet er for langt."), N_("Bruk høyst %(limit)s tegn.")),
    "scenario_renamed": (
        N_("Noen har imens gitt det navnet «%(name)s»."),
        N_("Lagre igjen hvis det heller skal hete dette."),
    ),
    "scenario_renamed_not_removed": (
        N_("Noen har imens gitt det navnet «%(name)s», så det er ikke fjernet."),
        N_("Se på det, og fjern det igjen hvis du fortsatt vil."),
    ),
    "portfolio_changed": (
        N_("Rammen, tiltakene eller behovene er endret siden denne planen ble regnet ut."),
        N_("Finn beste plan på nytt, se over den, og ta så vare på den."),
    ),
    "portfolio_no_plan": (N_("Det er ingen plan å ta vare på."), N_("Finn beste plan først.")),
    "portfolio_being_kept": (N_("En plan bevises allerede."), N_("Vent til den er tatt vare på.")),
}


def cause(code: str) -> str:
    """Why a job failed."""
    return {
        "restarted": _(
            "Maskinen som regnet, stanset to ganger før planen var ferdig. Prøv igjen. Skjer det på nytt, si fra til "
            "den som driver installasjonen."
        ),
        "crashed": _("Utregningen stanset uventet. Ingenting er endret. Prøv igjen."),
        "out_of_memory": _("Utregningen trengte mer minne enn den har lov til. Prøv med færre tiltak eller år."),
        "out_of_time": _("Ingen plan ble funnet før tiden var ute. Slakk på noen av kravene, og prøv igjen."),
        "not_proven": _("Planen ble ikke bevist helt før tiden var ute, så den er ikke tatt vare på. Prøv igjen."),
    }[code]
