"""What is said when a table of how many live here cannot be used, or when something was taken for granted in it?"""

from planner.wording import N_

_FETCH = N_("Hent tabell 07459 hos SSB for deres egen kommune, med kjønn og ettårig alder.")

FINDINGS: dict[str, tuple[str, str]] = {
    "population_file_unknown": (
        N_("Filen er ikke en tabell fra SSB som vi kan lese."),
        N_("Lagre tabellen som csv eller json-stat2, og last opp filen uten å åpne den i Excel først."),
    ),
    "population_file_broken": (N_("Bokstavene i filen er ødelagt."), N_("Last ned tabellen fra SSB på nytt.")),
    "population_file_too_large": (N_("Filen er større enn %(limit)s MB."), _FETCH),
    "population_row_twice": (N_("En rad står to ganger i filen: %(row)s."), N_("Last ned tabellen på nytt.")),
    "population_no_age_or_sex": (N_("Tabellen er verken delt etter kjønn eller alder."), _FETCH),
    "population_not_people": (N_("Tabellen ser ikke ut til å telle innbyggere: «%(title)s»."), _FETCH),
    "population_divided_further": (
        N_("Tabellen er også delt etter «%(name)s», og det finnes ingen sum for alle."),
        N_("Ta bort den inndelingen og last ned på nytt."),
    ),
    "population_label_unknown": (
        N_("«%(label)s» er verken et kjønn eller en alder vi kjenner igjen."),
        N_("Ta bort raden, eller skriv tallene inn selv."),
    ),
    "population_overlap": (
        N_("Noen av gruppene under «%(label)s» dekker de samme innbyggerne."),
        N_("Velg bare én inndeling i tabellen."),
    ),
    "population_newest_year": (N_("Filen har %(count)s årganger. Tallene er fra %(year)s, den nyeste."), ""),
    "population_hidden": (
        N_("SSB har skjult tall for %(place)s fordi få personer ligger bak."),
        N_("Velg grovere aldersgrupper hos SSB, eller skriv tallene inn selv."),
    ),
    "population_missing": (N_("Tall mangler for %(place)s."), N_("Velg et annet år, eller skriv tallene inn selv.")),
    "population_empty": (N_("Det er ingen innbyggere i tallene for %(place)s."), N_("Velg riktig kommune og år.")),
    "population_many_places": (N_("Filen har tall for %(count)s steder."), _FETCH),
    "population_without_age": (
        N_("Tabellen har ikke alder, så barn er med i tallene for kjønn."),
        N_("Hent tabellen med alder, så bare de dere spurte, teller."),
    ),
    "population_without_sex": (N_("Tabellen har ikke kjønn. Bare alder er fylt ut."), ""),
    "population_everyone_counted": (
        N_("Alle aldre er med i tallene for kjønn."),
        N_("Skriv hvor gammel den yngste som ble spurt, er."),
    ),
    "population_younger_left_out": (N_("%(count)s innbyggere under %(age)s år er holdt utenfor."), ""),
    "population_youngest_needed": (
        N_("«%(level)s» sier ikke hvor gruppen begynner."),
        N_("Skriv hvor gammel den yngste som ble spurt, er."),
    ),
    "population_level_asked": (
        N_("Vi vet ikke hvem «%(level)s» er i befolkningen."),
        N_("Skriv tallet selv, slå gruppen sammen med en annen, eller regn den som ukjent."),
    ),
    "population_straddles": (
        N_("Aldersgruppen %(group)s i tabellen går over grensen ved %(border)s år i undersøkelsen."),
        N_("Hent tabellen med ettårig alder."),
    ),
    "age_levels_overlap": (
        N_("«%(one)s» og «%(other)s» dekker noen av de samme årene."),
        N_("Skriv innbyggertallene selv."),
    ),
    "weighting_column_gone": (
        N_("Undersøkelsen har ikke lenger kolonnen «%(heading)s»."),
        N_("Velg vekting på nytt."),
    ),
}
