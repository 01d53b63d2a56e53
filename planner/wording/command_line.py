"""What is said when a file named on the command line cannot be used?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "file_unreadable": (
        N_("Filen kunne ikke åpnes: %(why)s."),
        N_("Se at navnet er riktig og at du har lov til å lese den."),
    ),
    "initiative_not_in_file": (
        N_("Filen har ikke noe slikt tiltak."),
        N_("Skriv id-en slik den står i filen."),
    ),
    "initiative_runs_already": (
        N_("Tiltaket er i gang fra før, så det er ikke noe å velge."),
        N_("Spør om et tiltak som kan starte i planen."),
    ),
    "verify_not_json": (
        N_("Filen kan ikke leses som JSON."),
        N_("Bruk filen slik den ble lastet ned."),
    ),
    "verify_no_result": (
        N_("Filen har ikke både «problem» og «result» i den formen som kan kontrolleres."),
        N_("Bruk filen slik den ble lastet ned, eller gi svaret i en egen fil med --result."),
    ),
    "spread_not_an_object": (
        N_("Filen med usikkerhet er ikke en samling av navn og verdier."),
        N_("Se formen med «planner robust --help»."),
    ),
    "spread_unknown_key": (N_("Ukjent navn i filen med usikkerhet."), N_("Bruk points, effects, chance og cost.")),
    "spread_unknown_id": (N_("Dette finnes ikke i problemfilen."), N_("Skriv id-en slik den står i problemfilen.")),
    "spread_wrong_value": (
        N_("Verdien kan ikke brukes som usikkerhet."),
        N_("points er fra 0 opp, effects er lister av tall fra 0 til 1, chance og cost er [lavest, høyest]."),
    ),
    "file_too_heavy": (
        N_("Det tok for lang tid eller for mye minne å lese filen."),
        N_("Lagre bare arket med svarene som CSV, og prøv igjen."),
    ),
    "statements_unreadable": (
        N_("Listen over utsagn kunne ikke leses: %(why)s."),
        N_("Den skal ha kolonnene id, text_nb, text_en og factor."),
    ),
    "mapping_unreadable": (
        N_("Kolonnevalgene kunne ikke leses: %(why)s."),
        N_("Skriv dem ut på nytt med --write-mapping, og endre den filen."),
    ),
}
