"""What is said about a problem file that cannot be read, and about a problem that has no plan?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "problem_not_json": (
        N_("Filen er ikke JSON: linje %(line)s, tegn %(column)s."),
        N_("Se etter et manglende komma eller anførselstegn der, eller lagre filen på nytt fra programmet."),
    ),
    "problem_not_utf8": (N_("Filen er ikke UTF-8."), N_("Lagre den som UTF-8.")),
    "problem_too_deep": (
        N_("Filen har lister i lister i lister, eller tall med tusener av sifre."),
        N_("Lagre filen på nytt fra programmet."),
    ),
    "problem_wrong_type": (
        N_("Verdien er av feil slag. Her skal det stå: %(expected)s."),
        N_("Slagene er: object, list, text, id (ikke tom), number, whole (helt tall), pair, range."),
    ),
    "problem_wrong_format": (N_("Filen er ikke av formen %(expected)s."), N_("Skriv «format»: «%(expected)s».")),
    "problem_unknown_key": (N_("Nøkkelen «%(key)s» finnes ikke her."), N_("Se etter skrivefeil, eller ta den bort.")),
    "problem_duplicate_key": (N_("Nøkkelen «%(key)s» står to ganger."), N_("Ta bort den ene.")),
    "problem_missing_key": (N_("Nøkkelen «%(key)s» mangler."), N_("Legg den til.")),
    "problem_duplicate_id": (N_("To i samme liste heter «%(id)s»."), N_("Gi den ene en annen id.")),
    "problem_unknown_id": (N_("«%(id)s» er nevnt, men finnes ikke i filen."), N_("Se etter skrivefeil i id-en.")),
    "problem_undeclared_resource": (
        N_("Ressursen «%(id)s» er brukt, men står ikke under resources."),
        N_("Legg den til med en grense for hvert år (null er ingen grense)."),
    ),
    "problem_empty_of": (N_("Listen er tom."), N_("Nevn minst én, eller ta bort regelen.")),
    "problem_repeated": (N_("«%(id)s» står flere ganger i samme liste."), N_("La den stå én gang.")),
    "problem_selectors": (N_("Regelen skal velge med nøyaktig én av: %(keys)s."), N_("Behold én av dem.")),
    "problem_unknown_kind": (
        N_("Det finnes ingen regel som heter «%(kind)s»."),
        N_("Se etter skrivefeil. Grenser og startvinduer er nøkler, ikke regler."),
    ),
    "problem_unknown_closure": (N_("closure er product, capped eller max."), N_("Velg én av dem.")),
    "problem_not_finite": (N_("Tallet er ikke et endelig tall."), N_("Skriv et vanlig tall.")),
    "problem_negative": (N_("Tallet er under null: %(value)s."), N_("Skriv 0 eller mer.")),
    "problem_too_small": (N_("Tallet %(value)s er for lite. Det minste er %(least)s."), N_("Skriv et større tall.")),
    "problem_outside_0_1": (
        N_("%(value)s ligger utenfor 0–1."),
        N_("Skriv andelen som desimaltall: 30 prosent er 0.3."),
    ),
    "problem_years": (N_("Årene skal følge hverandre, minst ett."), N_("Skriv for eksempel [2027, 2028, 2029].")),
    "problem_limit_length": (
        N_("Grensen har %(found)s tall, men planen har %(expected)s år."),
        N_("Skriv ett tall for hvert år (null er ingen grense)."),
    ),
    "problem_started_inside": (
        N_("started er %(year)s, men det er ikke før planens første år."),
        N_("Ta bort started, eller skriv året det faktisk begynte."),
    ),
    "problem_must_and_must_not": (
        N_("«%(id)s» både må med og skal ikke med."),
        N_("Ta bort den ene av reglene."),
    ),
    "problem_weights_sum": (N_("Vektene er til sammen %(sum)s, ikke 1."), N_("Del hver på summen.")),
    "problem_weights_missing": (
        N_("Gruppen «%(group)s» har behov, men ingen vekt."),
        N_("Gi den en vekt, også om den er 0."),
    ),
    "weights_contradict": (
        N_("Ingen vekter oppfyller alt dette på en gang: %(statements)s."),
        N_("Ta bort eller slakk på ett av utsagnene i at_least og range. Vektene er fra 0 opp og til sammen 1."),
    ),
    "problem_effect_zero": (
        N_("«%(id)s» har virkning 0 på «%(need)s»."),
        N_("Ta virkningen bort hvis det er ment så."),
    ),
    "problem_limit_zero": (
        N_("«%(id)s» har grense 0 i %(year)s: ingenting som bruker av den, kan da være med."),
        N_("Skriv null hvis det ikke er noen grense."),
    ),
    "problem_total_limit_zero": (
        N_("«%(id)s» har samlet grense 0: ingenting som bruker av den, kan være med."),
        N_("Skriv null hvis det ikke er noen grense."),
    ),
    "problem_cannot_start": (
        N_("«%(id)s» kan ikke starte i noe år i planen."),
        N_("Se på earliest og latest hvis det er ment å kunne velges."),
    ),
    "problem_cycle": (
        N_("Disse krever hverandre i ring: %(ids)s. De kan bare starte samme år."),
        N_("Ta bort ett av kravene hvis det ikke er ment så."),
    ),
    "problem_theme_empty": (N_("Ingen tiltak har temaet «%(theme)s»."), N_("Se etter skrivefeil i temaet.")),
    "problem_group_empty": (N_("Ingen behov hører til «%(group)s»."), N_("Se etter skrivefeil i navnet.")),
    # A problem without a plan
    "impossible_together": (
        N_("Ingen plan oppfyller alle grensene og reglene på en gang, selv om hver av dem kan oppfylles alene."),
        N_("Slakk på en grense eller en regel, og prøv igjen."),
    ),
    "impossible_limit": (
        N_("Det som allerede er i gang, bruker mer av %(resource)s enn grensen %(year)s."),
        N_("Hev grensen, eller avslutt noe av det som er i gang."),
    ),
    "impossible_must": (
        N_("«%(initiative)s» må med, men kan ikke starte i det året eller i noe år i planen."),
        N_("Endre startåret eller startvinduet."),
    ),
    "impossible_excludes": (
        N_("Flere av disse er allerede i gang, men høyst ett kan være med: %(of)s."),
        N_("Ta bort regelen, eller avslutt det ene."),
    ),
    "impossible_together_alone": (N_("Disse kan ikke være med alle eller ingen: %(of)s."), N_("Ta bort regelen.")),
    "impossible_at_least": (
        N_("Det skal være minst %(count)s, men så mange kan ikke starte."),
        N_("Senk tallet, eller legg til tiltak."),
    ),
    "impossible_at_most": (
        N_("Det skal være høyst %(count)s, men flere er allerede i gang."),
        N_("Hev tallet."),
    ),
    "impossible_need_floor": (
        N_("Ingen plan når så langt for dette behovet, selv uten grenser for penger og folk: andel %(share)s."),
        N_("Senk kravet, eller legg til tiltak som virker her."),
    ),
    "impossible_locks": (
        N_("Det som må med, og det som ikke skal med, kan ikke oppfylles samtidig."),
        N_("La ett av dem være fritt."),
    ),
    "impossible_limit_with_locks": (
        N_("Det som må med, bruker mer av %(resource)s enn grensen %(year)s."),
        N_("Hev grensen, eller la noe av det som må med, være fritt."),
    ),
    "impossible_must_over_limit": (
        N_("«%(initiative)s» må med, men koster alene mer enn grensen for %(resource)s %(year)s."),
        N_("Hev grensen, eller la tiltaket være fritt."),
    ),
    "impossible_requires_all_with_locks": (
        N_("«%(initiative)s» må med, men det som tiltaket krever, kan ikke starte først: %(of)s."),
        N_("La tiltaket være fritt, eller åpne for det som tiltaket krever."),
    ),
    "impossible_requires_any_with_locks": (
        N_("«%(initiative)s» må med, men ingen av dem tiltaket krever, kan starte først: %(of)s."),
        N_("La tiltaket være fritt, eller åpne for ett av dem."),
    ),
    "impossible_follows_with_locks": (
        N_("«%(initiative)s» må med, men ingenting kan starte først innen hvert av: %(themes)s."),
        N_("La tiltaket være fritt, eller åpne for tiltak innen temaene."),
    ),
    "impossible_excludes_with_locks": (
        N_("Flere av disse må med, men høyst ett kan være med: %(of)s."),
        N_("La ett av dem være fritt."),
    ),
    "impossible_together_with_locks": (
        N_("Disse skal være med alle eller ingen, men noen må med og andre kan ikke: %(of)s."),
        N_("La dem være frie, eller ta bort regelen."),
    ),
    "impossible_at_least_with_locks": (
        N_("Det skal være minst %(count)s, men så mange kan ikke starte når noe er låst ute."),
        N_("Senk tallet, eller la noe være fritt."),
    ),
    "impossible_at_most_with_locks": (
        N_("Det skal være høyst %(count)s, men flere må med."),
        N_("Hev tallet, eller la noe være fritt."),
    ),
    "impossible_need_floor_with_locks": (
        N_("Ingen plan når så langt for dette behovet med det som er låst inn og ut: andel %(share)s."),
        N_("Senk kravet, eller la noe være fritt."),
    ),
}
