"""What is said when answers cannot be weighted to the population, or when weighting them costs much?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "weights_cost_much": (
        N_("Vektingen gjør at %(n)s svar bare teller som %(n_eff)s."),
        N_("Slå sammen grupper med få svar, eller vekt etter færre kjennetegn."),
    ),
    "margins_disagree": (
        N_("Befolkningstallene har forskjellig sum: %(low)s og %(high)s."),
        N_("Bruk tall for de samme innbyggerne i alle fordelingene."),
    ),
    "margin_level_unknown": (
        N_("Noen svar er merket «%(level)s», som ikke finnes i befolkningstallene."),
        N_("Bruk de samme gruppene begge steder, eller la feltet stå tomt i svaret."),
    ),
    "margin_level_empty": (
        N_("Ingen har svart i gruppen «%(level)s»."),
        N_("Slå den sammen med nabogruppen. Vekting kan ikke erstatte svar som ikke finnes."),
    ),
    "margin_level_small": (
        N_("Bare %(count)s har svart i gruppen «%(level)s», så hver av dem taler for mange."),
        N_("Slå den sammen med nabogruppen."),
    ),
    "margin_total_invalid": (
        N_("Befolkningstallet for «%(level)s» er ikke et tall fra 0 og opp."),
        N_("Rett tallet."),
    ),
    "margin_total_zero": (
        N_("Befolkningstallet for «%(level)s» er 0, men noen har svart der."),
        N_("Rett tallet, eller slå gruppen sammen med en annen."),
    ),
    "weights_tell_group": (
        N_("«%(group)s» er for få til å vises, og vektene i filen er deres egne. Med og uten vekt ville røpe svarene."),
        N_("Behold vektene fra filen, eller vekt etter innbyggertall."),
    ),
    "raking_did_not_settle": (
        N_("Det finnes ingen vekter som treffer alle fordelingene på en gang."),
        N_("Vekt etter færre kjennetegn, eller slå sammen grupper med få svar."),
    ),
}
