"""What is said about the columns and the answers of a survey file, and what to try?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "draft_changed": (
        N_("Valgene ble endret i et annet vindu mens denne siden sto åpen. Her er de slik de er nå."),
        N_("Gjør endringene dine på nytt."),
    ),
    "draft_reread": (
        N_("Programmet er oppdatert siden filen ble lastet opp, og leser den nå litt annerledes. Ingenting er lagret."),
        N_("Se over funnene på nytt før du bekrefter."),
    ),
    "choice_unknown": (
        N_("«%(choice)s» er ikke et valg her."),
        N_("Last siden på nytt og velg fra listen."),
    ),
    "segments_unclear": (
        N_("Gruppene må ha hvert sitt navn, og det kan være høyst %(most)s."),
        N_("Skriv én gruppe på hver linje."),
    ),
    "no_rows": (
        N_("Filen har overskrifter, men ingen svar."),
        N_("Se at eksporten tar med svarene, og at ingen filtre står på."),
    ),
    "no_row_usable": (
        N_("Ingen rader kan brukes."),
        N_("Se under hvorfor hver av dem er satt til side. Står det «vet ikke» i alle, er det trolig feil kolonner."),
    ),
    "no_statement_pairs": (
        N_("Vi fant ingen utsagn der både viktighet og sannsynlighet er spurt om."),
        N_("Velg under hver kolonne hvilket utsagn den hører til, og om den er viktighet eller sannsynlighet."),
    ),
    "statement_half_mapped": (
        N_("Utsagn %(statement)s har bare den ene av de to kolonnene, og kan ikke regnes med."),
        N_("Finn den andre kolonnen under «Brukes ikke», om den er i filen."),
    ),
    "statement_mapped_twice": (
        N_("«%(heading)s» og «%(other)s» er begge tatt for det samme spørsmålet om utsagn %(statement)s."),
        N_("Velg riktig utsagn for den ene, eller «Brukes ikke»."),
    ),
    "unknown_statement": (
        N_("Utsagn %(statement)s er ikke blant utsagnene i denne undersøkelsen."),
        N_("Velg et annet utsagn for kolonnen."),
    ),
    "two_weight_columns": (
        N_("Flere kolonner er valgt som vekt: %(headings)s."),
        N_("La bare én av dem være vekt."),
    ),
    "two_respondent_columns": (
        N_("Flere kolonner er valgt som svarnummer: %(headings)s."),
        N_("La bare én av dem være svarnummer."),
    ),
    "mapping_other_file": (
        N_("Valgene er gjort for en annen fil: kolonnen «%(heading)s» er ikke der den var."),
        N_("Last opp filen på nytt."),
    ),
    "duplicate_heading": (
        N_("Overskriften «%(heading)s» står over %(count)s kolonner."),
        N_("Se at hver av dem er tatt for det riktige."),
    ),
    "cell_not_understood": (
        N_("%(count)s svar er ikke forstått: %(examples)s."),
        N_(
            "Betyr de «vet ikke», oppgi dem som koder for «vet ikke». Ellers rett dem i filen, eller velg noe "
            "annet for kolonnen."
        ),
    ),
    "cells_not_understood": (
        N_(
            "%(count)s svar i %(columns)s kolonner er ikke forstått: %(examples)s. I «%(heading)s» gjelder det "
            "rad %(rows)s."
        ),
        N_(
            "Betyr de «vet ikke», oppgi dem som koder for «vet ikke». Ellers rett dem i filen, eller eksporter på nytt."
        ),
    ),
    "formula_cells": (
        N_(
            "%(count)s celler i %(columns)s kolonner er formler eller feilmeldinger fra regnearket. I «%(heading)s» "
            "gjelder det rad %(rows)s."
        ),
        N_("Kopier kolonnene i Excel og lim inn som verdier. Last så opp på nytt."),
    ),
    "labels_contradict_codes": (
        N_(
            "Tall og tekst i samme celle sier forskjellige ting i %(columns)s kolonner, %(count)s ganger. "
            "I «%(heading)s» gjelder det rad %(rows)s."
        ),
        N_("Eksporter på nytt med koder, og se at tallet er svaret og ikke nummeret på svaralternativet."),
    ),
    "duplicate_headings": (
        N_("%(columns)s overskrifter står over mer enn én kolonne, for eksempel «%(heading)s»."),
        N_("Se at hver av kolonnene er tatt for det riktige. Ofte er den første viktighet og den andre sannsynlighet."),
    ),
    "formula_cell": (
        N_("%(count)s celler er formler eller feilmeldinger fra regnearket."),
        N_("Kopier kolonnen i Excel og lim inn som verdier. Last så opp på nytt."),
    ),
    "label_contradicts_code": (
        N_("Tall og tekst i samme celle sier forskjellige ting, %(count)s ganger."),
        N_("Eksporter på nytt med koder, og se at tallet er svaret og ikke nummeret på svaralternativet."),
    ),
    "label_not_in_scale": (
        N_("Noen svar har en tekst som ikke er i skalaen: %(labels)s. Tallet i cellen er brukt."),
        N_("Se at tallene går fra 1 (lavest) til 7 (høyest)."),
    ),
    "ambiguous_scale_label": (
        N_(
            "«Meget sannsynlig» er brukt %(count)s ganger, og «Meget usannsynlig» aldri. Skjemaet har vært trykt "
            "med «Meget sannsynlig» på både trinn 2 og trinn 6, og da kan ingen se på svarene hva folk mente."
        ),
        N_("Last opp en eksport med tallkoder 1–7. Finnes ikke den, svar på spørsmålet om skjemaet under."),
    ),
    "ambiguous_scale_label_coded": (
        N_(
            "«Meget sannsynlig» er brukt %(count)s ganger, og «Meget usannsynlig» aldri. Tallkodene i cellene er "
            "brukt, så svarene er entydige."
        ),
        N_(
            "Se likevel etter i skjemaet om trinn 2 sto som «Meget sannsynlig». I så fall kan de som svarte, ha "
            "ment noe annet."
        ),
    ),
    "misprinted_label_on_two": (
        N_("«Meget sannsynlig» står på trinn 2 i %(count)s svar. Skjemaet var trolig feiltrykt."),
        N_("Vil du være trygg, velg at trinn 2 og 6 regnes som ubesvart."),
    ),
    "misprinted_form": (
        N_("Skjemaet var feiltrykt. Trinn 2 og 6 på sannsynlighet er regnet som ubesvart."),
        "",
    ),
    "value_or_label_number": (
        N_(
            "Tallene i filen går fra 1 til 8. De kan være selve svarene, eller numrene på svaralternativene. Tallet 1 "
            "står %(first)s ganger og tallet 8 %(last)s ganger."
        ),
        N_("Svar under på hva tallene betyr. Se etter i skjemaet om «vet ikke» sto først eller sist."),
    ),
    "stay_not_understood": (
        N_("%(count)s svar på om man ønsker å bo her, er verken ja, nei eller vet ikke: %(examples)s. De er ikke med."),
        N_("Se at det er riktig kolonne."),
    ),
    "rows_not_submitted": (
        N_("%(count)s skjemaer er ikke sendt inn, men har svar på minst halvparten. De er med."),
        N_("Vil du ha dem bort, slett radene i filen og last opp på nytt."),
    ),
    "file_totals_row": (N_("%(count)s rad nederst er summer eller snitt, og er ikke lest som svar."), ""),
    "file_stopped": (N_("Lesingen ble stoppet. Ingenting av filen er lagret."), ""),
    "file_interrupted": (
        N_("Programmet startet på nytt mens filen ble lest. Ingenting av den er lagret."),
        N_("Last opp filen en gang til."),
    ),
    "mapping_recalled": (
        N_("Kolonnene er brukt slik dere gjorde det i «%(name)s». %(count)s kolonner er kjent igjen."),
        N_("Se over at det fortsatt stemmer."),
    ),
    "same_file": (
        N_("Denne filen er den som allerede er lagret i planen."),
        N_("Bekrefter du den, erstatter den seg selv. Ingenting blir dobbelt."),
    ),
    "personal_dropped": (
        N_("%(headings)s kan fortelle hvem som har svart. Innholdet er slettet og blir ikke lagret."),
        "",
    ),
    "weights_unusable": (
        N_("%(count)s rader mangler en brukbar vekt."),
        N_("En vekt er et tall over 0. Velg en annen kolonne som vekt, eller «Brukes ikke»."),
    ),
    "weights_uneven": (
        N_(
            "Den største vekten i «%(heading)s» er %(ratio)s ganger så stor som den vanlige. Noen få svar betyr "
            "da svært mye."
        ),
        N_("Spør den som har laget vektene, om dette er ment."),
    ),
    "row_blank": (N_("%(count)s rader er tomme."), ""),
    "row_broken": (
        N_("%(count)s rader har flere celler enn det er overskrifter, så svarene kan stå i feil kolonne."),
        N_("Ofte er det et skilletegn i en fritekst. Fjern fritekstene, eller eksporter som Excel."),
    ),
    "row_bad_weight": (N_("%(count)s rader har ingen brukbar vekt."), N_("En vekt er et tall over 0.")),
    "row_no_pair": (N_("%(count)s rader har ikke svart på både viktighet og sannsynlighet for noe utsagn."), ""),
    "row_few_answers": (N_("%(count)s rader har svart på under halvparten av spørsmålene."), ""),
    "row_repeated_respondent": (
        N_("%(count)s rader har samme svarnummer som en senere rad. Den siste er brukt."),
        "",
    ),
    "one_respondent": (
        N_("Bare én person har svart."),
        N_("Ingenting kan vises av ett svar. Last opp hele undersøkelsen."),
    ),
    "straight_lining": (
        N_("%(count)s har krysset av likt nedover hele skjemaet. De er med."),
        N_("Vil du ha dem bort, slett radene i filen og last opp på nytt."),
    ),
    "identical_answers": (
        N_("%(count)s rader har nøyaktig de samme svarene som en annen rad. De er med."),
        N_("Se om noen er registrert to ganger. Slett i så fall den ene i filen, og last opp på nytt."),
    ),
    "scales_swapped": (
        N_("Folk synes nesten alt er mer sannsynlig enn viktig. Viktighet og sannsynlighet kan være byttet om."),
        N_("Se etter i skjemaet hvilket spørsmål som kom først."),
    ),
    "scale_reversed": (
        N_("Jo viktigere noe er, jo mindre sannsynlig sier folk at det er. En av skalaene kan være snudd."),
        N_("Se at 7 er høyest på begge skalaene i eksporten."),
    ),
    "low_importance": (
        N_("Utsagn som folk flest setter høyt (%(statements)s), er lite viktige her. Viktighet kan være snudd."),
        N_("Se at 7 betyr «Helt avgjørende» i eksporten."),
    ),
    "long_form": (
        N_("Filen har en rad for hvert svar. %(rows)s rader ble til %(people)s personer."),
        N_("Se at antallet personer stemmer. Det som sa hvem radene hører til, er slettet."),
    ),
    "long_rows_unplaced": (
        N_("%(count)s rader sier ikke hvem som svarte, eller på hva, og er ikke med."),
        "",
    ),
    "long_answers_differ": (
        N_("Samme person har gitt to forskjellige svar på det samme i %(count)s rader. Ingen av dem er med."),
        N_("Rett radene i filen om dere vet hvilket svar som gjelder."),
    ),
    "long_rows_repeated": (N_("%(count)s rader gjentar et svar som står der fra før. De teller én gang."), ""),
    "long_column_left_out": (
        N_("Kolonnen «%(heading)s» er forskjellig fra rad til rad for samme person, og er ikke med."),
        "",
    ),
    "long_background_differs": (
        N_("«%(heading)s» er ikke det samme i alle radene til samme person. Der står det tomt."),
        N_("Rett radene i filen om bakgrunnen betyr noe for gruppene."),
    ),
}

OF_ONE: dict[str, str] = {
    "weights_unusable": N_("Én rad mangler en brukbar vekt."),
    "row_blank": N_("Én rad er tom."),
    "row_broken": N_("Én rad har flere celler enn det er overskrifter, så svarene kan stå i feil kolonne."),
    "row_bad_weight": N_("Én rad har ingen brukbar vekt."),
    "row_no_pair": N_("Én rad har ikke svart på både viktighet og sannsynlighet for noe utsagn."),
    "row_few_answers": N_("Én rad har svart på under halvparten av spørsmålene."),
    "row_repeated_respondent": N_("Én rad har samme svarnummer som en senere rad. Den siste er brukt."),
    "straight_lining": N_("Én har krysset av likt nedover hele skjemaet. Svaret er med."),
    "identical_answers": N_("Én rad har nøyaktig de samme svarene som en annen rad. Den er med."),
    "long_rows_unplaced": N_("Én rad sier ikke hvem som svarte, eller på hva, og er ikke med."),
    "long_answers_differ": N_("Samme person har gitt to forskjellige svar på det samme i én rad. Ingen av dem er med."),
    "long_rows_repeated": N_("Én rad gjentar et svar som står der fra før. Det teller én gang."),
}
