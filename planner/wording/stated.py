"""What is said of a table that tells of answers without holding them: when it is read?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "stated_row_blank": (N_("Raden er tom."), ""),
    "stated_statement_unknown": (
        N_("«%(text)s» er ikke et av utsagnene."),
        N_("Skriv utsagnet slik det sto i undersøkelsen, eller la raden være. Den er ikke med."),
    ),
    "stated_statement_twice": (
        N_("Utsagnet står der fra før for den samme gruppen."),
        N_("La bare én av radene stå. Den første er brukt."),
    ),
    "stated_count_bad": (
        N_("«%(typed)s» er ikke et antall svar."),
        N_("Skriv et helt tall, eller la feltet stå tomt. Raden er ikke med."),
    ),
    "stated_mean_bad": (
        N_("«%(typed)s» er ikke et snitt på skalaen fra 1 til 7."),
        N_("Skriv snittet med komma, for eksempel 5,4. Raden er ikke med."),
    ),
    "stated_share_bad": (
        N_("«%(typed)s» er ikke en andel."),
        N_("Skriv andelen i prosent. Raden er ikke med."),
    ),
    "stated_shares_sum": (
        N_("Andelene for de sju svarene blir %(typed)s til sammen, ikke 100."),
        N_("Ta med alle sju svarene, og hold «vet ikke» utenfor. Raden er ikke med."),
    ),
    "stated_whole_unknown": (
        N_(
            "Tabellen sier ikke hva alle til sammen svarte på «%(statement)s», og heller ikke hvor mange som svarte i "
            "hver gruppe."
        ),
        N_("Legg til en rad for alle, eller en kolonne med antall svar. Utsagnet er ikke med."),
    ),
    "stated_nothing": (
        N_("Ingen av radene i tabellen kan brukes."),
        N_("Se hva som er galt med hver rad, rett tabellen og last den opp på nytt."),
    ),
}
