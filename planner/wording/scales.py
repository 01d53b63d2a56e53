"""What is said when a survey was asked on another scale?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "scale_too_short": (
        N_("Ingen har svart høyere enn %(highest)s på en av skalaene. Den går trolig ikke til 7."),
        N_("Svar på en kortere skala kan ikke brukes som de er. Regn dem om til 1–7 i filen, og si fra om det."),
    ),
}
