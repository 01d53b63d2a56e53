"""What is said about initiatives that cannot be kept as they are typed, or that should be looked at?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "candidate_text_missing": (N_("Feltet er tomt."), N_("Fyll det ut.")),
    "candidate_text_too_long": (N_("Teksten er for lang."), N_("Bruk høyst %(limit)s tegn.")),
    "candidate_bad_code": (
        N_("Koden har tegn som ikke kan brukes."),
        N_("Bruk bokstaver, tall, bindestrek og punktum, høyst 40 tegn: T01."),
    ),
    "candidate_not_a_number": (
        N_("«%(text)s» kan ikke leses som et tall."),
        N_("Skriv bare tallet, for eksempel 1 250 eller 12,5. Tomt felt betyr ikke fylt ut."),
    ),
    "candidate_not_whole": (N_("«%(text)s» er ikke et helt tall."), N_("Skriv et helt tall eller årstall.")),
    "candidate_rounded": (
        N_("«%(text)s» er rundet av til %(amount)s hele tusen kroner."),
        N_("Kostnader rundes opp og tilskudd ned, så egen andel aldri blir for lav."),
    ),
    "candidate_negative": (
        N_("Beløpet er under null: %(amount)s."),
        N_("Skriv kostnader som positive tall. Noe som frigjør penger, hører til «Noe vi slutter med»."),
    ),
    "candidate_too_large": (
        N_("Beløpet er større enn %(limit)s tusen kroner."),
        N_("Beløp er i 1000 kr: 450 000 kr skrives 450."),
    ),
    "candidate_looks_like_kroner": (
        N_("%(amount)s tusen kroner er %(million)s millioner."),
        N_("Er beløpet ment i kroner, skriv det i hele tusen: 450 000 kr skrives 450."),
    ),
    "candidate_out_of_range": (N_("Tallet ligger utenfor %(low)s–%(high)s."), N_("Skriv et tall i det området.")),
    "candidate_unknown_choice": (N_("«%(text)s» er ikke et av valgene."), N_("Velg en av: %(choices)s.")),
    "candidate_repeated": (N_("«%(text)s» står to ganger."), N_("Behold den ene raden og fjern den andre.")),
    "candidate_links_itself": (
        N_("Tiltaket viser til seg selv (%(code)s)."),
        N_("Fjern koden, eller skriv koden til et annet tiltak."),
    ),
    "candidate_required_and_excluded": (
        N_("%(other)s er både et krav og noe som ikke kan velges sammen med tiltaket."),
        N_("Velg en av delene: et tiltak kan ikke kreve det som utelukker det."),
    ),
    "candidate_unknown_statement": (
        N_("«%(text)s» er ikke et utsagn i undersøkelsen."),
        N_("Velg et av utsagnene i listen, for eksempel s06."),
    ),
    "candidate_unknown_segment": (
        N_("«%(text)s» er ikke en av gruppene i undersøkelsen."),
        N_("Velg blant gruppene på siden, eller skriv «alle»."),
    ),
    "candidate_unknown_factor": (N_("«%(text)s» er ikke en av faktorene."), N_("Velg en av faktorene i listen.")),
    "candidate_unknown_code": (
        N_("Viser til %(other)s, som ikke er et tiltak i planen."),
        N_("Rett koden, eller legg tiltaket til først."),
    ),
    "candidate_duplicate_code": (
        N_("Koden %(code)s er brukt %(count)s ganger."),
        N_("Gi hvert tiltak sin egen kode."),
    ),
    "candidate_code_taken": (
        N_("Koden %(code)s er allerede i bruk i planen."),
        N_("Velg en annen kode, eller endre tiltaket som har den."),
    ),
    "candidate_cycle": (
        N_("Forutsetningene går i ring: %(codes)s."),
        N_("Tiltakene kan da bare starte i samme år. Fjern et av kravene hvis det ikke er meningen."),
    ),
    "candidate_effect_not_reached": (
        N_("En virkning gjelder bare «%(text)s», som tiltaket ikke når."),
        N_("Da teller den ikke. Kryss av gruppen under «Hvem når det?», eller fjern raden."),
    ),
    "candidate_effect_zero": (
        N_("Virkningen på «%(text)s» er null."),
        N_("Da teller den ikke. Fjern raden, eller skriv hvor mange av hundre som får behovet dekket."),
    ),
    "candidate_cannot_start": (
        N_("Tiltaket kan ikke starte i noe planår (%(first)s–%(last)s)."),
        N_("Endre tidligst eller senest start hvis det skal kunne velges."),
    ),
    "candidate_started_late": (
        N_("«I gang siden» gjelder bare tiltak som startet før %(first)s."),
        N_("La feltet stå tomt, og bruk tidligst og senest start i stedet."),
    ),
    "candidate_stale": (
        N_("Noen andre har endret dette mens du skrev. Det du skrev, står i feltene, men er ikke lagret."),
        N_("Åpne det som nå er lagret, se hva som er endret, og lagre på nytt hvis ditt skal gjelde."),
    ),
    "initiatives_row_changed": (
        N_("%(code)s er endret både i arbeidsboken og av noen andre siden den ble hentet. Ingenting er lagret."),
        N_(
            "I planen står nå: %(theirs)s. Rett raden i arbeidsboken. Skal arbeidsboken gjelde, tøm feltet Kontroll i "
            "raden, og last den opp igjen."
        ),
    ),
    "candidate_gone": (
        N_("Noen andre har fjernet dette mens du skrev. Det du skrev, står i feltene."),
        N_("Lagre på nytt for å legge det til igjen."),
    ),
    "removal_changed": (
        N_("Noen andre har endret dette mens du hadde siden oppe, så ingenting er fjernet."),
        N_("Åpne det, se hva som står nå, og fjern det på nytt hvis du fortsatt vil."),
    ),
    "candidate_still_required": (
        N_("%(code)s kan ikke fjernes: %(others)s krever det."),
        N_("Endre forutsetningene der først."),
    ),
    "effect_without_size": (
        N_("Virkningen mangler tall."),
        N_("Skriv hvor mange av hundre med udekket behov som får det dekket: 5, 15 eller 30 er vanlige svar."),
    ),
    "grant_without_name": (N_("Tilskuddet mangler hvem det kommer fra."), N_("Skriv hvem som gir pengene.")),
    "grant_share_and_amount": (
        N_("Tilskuddet har både andel og beløp for det samme."),
        N_("Fyll ut bare en av delene."),
    ),
    "grants_exceed_cost": (
        N_("Tilskuddene er større enn kostnaden på %(gross)s tusen kroner."),
        N_("Sett ned andelene eller beløpene, eller rett kostnaden."),
    ),
    "loan_without_investment": (
        N_("Bare investeringer kan lånefinansieres."),
        N_("Før kostnaden i gang på investering, eller fjern lånet."),
    ),
    "freed_nothing": (
        N_("Raden frigjør ingenting."),
        N_("Skriv hvor mye penger eller månedsverk som frigjøres per år."),
    ),
    "freed_ends_before_start": (N_("Siste år er før første år."), N_("Bytt om årene, eller la siste år stå tomt.")),
    "initiatives_no_file": (N_("Ingen fil er valgt."), N_("Velg arbeidsboken dere har fylt ut, og last den opp.")),
    "initiatives_not_a_workbook": (
        N_("Filen er ikke en Excel-arbeidsbok (XLSX)."),
        N_("Last ned arbeidsboken her på siden, fyll den ut og last opp den samme filen."),
    ),
    "initiatives_no_sheet": (
        N_("Arbeidsboken har ikke arket «Tiltak»."),
        N_("Bruk arbeidsboken som lastes ned her på siden, og la arkene beholde navnene."),
    ),
    "initiatives_no_rows": (
        N_("Det står ingen tiltak i arbeidsboken."),
        N_("Fyll ut minst én rad i arket «Tiltak»."),
    ),
    "initiatives_sheet_ignored": (N_("Arket «%(sheet)s» er ikke lest."), ""),
    "initiatives_no_heading": (
        N_("Fant ikke raden med kolonnenavn."),
        N_("La den første raden i arket stå som den var i arbeidsboken."),
    ),
    "initiatives_column_twice": (N_("Kolonnen «%(column)s» står to ganger."), N_("Behold bare den ene.")),
    "initiatives_column_ignored": (N_("Kolonnen «%(column)s» er ukjent og ikke lest."), ""),
    "initiatives_column_missing": (
        N_("Kolonnen «%(column)s» mangler."),
        N_("Legg den til igjen, eller begynn med en ny arbeidsbok herfra."),
    ),
    "initiatives_formula": (
        N_("Raden har en formel. Formler blir ikke regnet ut her."),
        N_("Kopier raden og lim den inn som verdier."),
    ),
    "initiatives_row_without_candidate": (
        N_("Koden «%(code)s» står ikke i arket «Tiltak»."),
        N_("Bruk samme kode i begge ark, eller fjern raden."),
    ),
    "initiatives_percent_as_share": (
        N_("«%(text)s» kan være både %(text)s prosent og en andel."),
        N_("Skriv prosenten som et helt tall: 30 for 30 %%. Excel gjør «30 %%» om til 0,3 i en vanlig celle."),
    ),
}
