"""What is said of a workshop: of its settings, to those who lead it and to those who score?"""

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
}
