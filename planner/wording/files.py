"""What is said about a file that could not be read, or only with help? Shared by every page that takes a file."""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "file_missing": (
        N_("Ingen fil er valgt."),
        N_("Velg filen fra undersøkelsesverktøyet, og last den opp på nytt."),
    ),
    "file_empty": (
        N_("Filen er tom."),
        N_("Eksporter svarene på nytt, og se at filen har innhold før du laster den opp."),
    ),
    "file_is_pdf": (
        N_("Dette er en PDF. Den viser svarene, men svarene kan ikke leses ut av den."),
        N_("Be undersøkelsesverktøyet om rådata som CSV eller Excel (XLSX)."),
    ),
    "file_is_word": (
        N_("Dette er et tekstdokument, ikke en tabell med svar."),
        N_("Be undersøkelsesverktøyet om rådata som CSV eller Excel (XLSX)."),
    ),
    "file_is_archive": (
        N_("Dette er en pakket fil (zip eller liknende), eller en Excel-fil som er ødelagt underveis."),
        N_(
            "Pakk ut filen og last opp CSV- eller Excel-filen som ligger inni. Er det en Excel-fil, last den ned "
            "på nytt."
        ),
    ),
    "file_is_old_excel": (
        N_("Dette er en Excel-fil i et format som ikke leses her (XLS eller XLSB)."),
        N_("Åpne filen i Excel, velg «Lagre som» og «Excel-arbeidsbok (.xlsx)», og last opp den nye filen."),
    ),
    "file_is_ods": (
        N_("Dette er et OpenDocument-regneark (ODS)."),
        N_("Åpne filen i LibreOffice, lagre den som XLSX eller CSV, og last opp den nye filen."),
    ),
    "file_is_html": (
        N_("Dette er en nettside, ikke en tabell. Ofte er det en innloggingsside som ble lagret i stedet for filen."),
        N_("Logg inn i undersøkelsesverktøyet og last ned eksporten på nytt."),
    ),
    "file_spss_broken": (
        N_("SPSS-filen er skadet eller ufullstendig, og lar seg ikke lese."),
        N_("Eksporter den på nytt fra SPSS eller fra undersøkelsesverktøyet, eller eksporter som CSV med koder."),
    ),
    "file_is_protected": (
        N_("Filen er låst med passord."),
        N_("Åpne den i Excel, fjern passordet under «Beskytt arbeidsbok», lagre, og last opp den nye filen."),
    ),
    "file_is_image": (
        N_("Dette er et bilde."),
        N_("Be undersøkelsesverktøyet om rådata som CSV eller Excel (XLSX)."),
    ),
    "file_not_text": (
        N_("Filen er verken tekst eller en Excel-arbeidsbok."),
        N_("Be undersøkelsesverktøyet om rådata som CSV eller Excel (XLSX)."),
    ),
    "file_one_column": (
        N_("Vi fant bare én kolonne. Kolonnene må være skilt med semikolon, komma eller tabulator."),
        N_("Velg semikolon som skilletegn når du eksporterer, eller eksporter som Excel (XLSX)."),
    ),
    "file_lone_quote": (
        N_("Et anførselstegn blir aldri lukket, og da flyter radene etter det sammen."),
        N_("Rett anførselstegnet i raden, eller eksporter som Excel (XLSX)."),
    ),
    "file_too_many_columns": (
        N_("Filen har %(count)s kolonner. Grensen er %(limit)s."),
        N_(
            "Ofte er det en celle langt til høyre som ikke skulle vært der. Slett tomme og overflødige kolonner, "
            "lagre og prøv igjen."
        ),
    ),
    "file_too_many_rows": (
        N_("Det står noe lenger ned enn rad %(limit)s, som er grensen."),
        N_("Slett tomme rader nederst i arket, lagre og prøv igjen."),
    ),
    "file_too_many_cells": (
        N_("Filen har flere enn %(limit)s celler."),
        N_("Ta bare med kolonnene med svar, grupper og vekt, og prøv igjen."),
    ),
    "file_too_large_inside": (
        N_("Pakket ut blir filen %(mb)s MB. Grensen er %(limit)s MB."),
        N_("Fjern bilder og andre ark, lagre og prøv igjen. Eller eksporter som CSV."),
    ),
    "file_workbook_broken": (
        N_("Excel-filen er ødelagt og kan ikke leses."),
        N_(
            "Åpne den i Excel, lagre den på nytt som XLSX, og last opp den nye filen. Går ikke det, last den ned "
            "på nytt."
        ),
    ),
    "file_workbook_refused": (
        N_("Excel-filen inneholder noe som ikke hører hjemme i et regneark, og er avvist."),
        N_("Kopier svarene til et nytt, tomt regneark, lagre som XLSX, og last opp det."),
    ),
    "file_out_of_memory": (
        N_("Filen er for stor til å leses her."),
        N_("Ta bare med kolonnene med svar, grupper og vekt, og prøv igjen. CSV er lettere å lese enn Excel."),
    ),
    "file_busy": (
        N_("Andre filer leses akkurat nå."),
        N_("Vent et minutt, og prøv igjen."),
    ),
    "file_out_of_time": (
        N_("Det tok for lang tid å lese filen, og lesingen ble stoppet."),
        N_("Ta bare med kolonnene med svar, grupper og vekt, og prøv igjen. CSV er lettere å lese enn Excel."),
    ),
    "file_crashed": (
        N_("Leseren stoppet på noe i filen. Ingenting er lagret."),
        N_("Åpne filen i et regneark, lagre den på nytt som CSV (UTF-8), og last opp den nye filen."),
    ),
    "file_encoding": (
        N_("Filen er ikke i UTF-8. Den er lest som %(encoding)s."),
        N_("Se at æ, ø og å er riktige i listen over kolonner."),
    ),
    "file_letters_broken": (
        N_("Noen bokstaver i filen er ødelagt, for eksempel «Ã¸» der det skulle stått «ø»."),
        N_("Kjenner vi ikke igjen utsagnene, eksporter filen på nytt som CSV (UTF-8) eller Excel."),
    ),
    "file_nul": (
        N_("Filen har %(count)s usynlige nulltegn. De er tatt bort."),
        N_("Se over svarene i disse radene."),
    ),
    "file_quotes_as_text": (
        N_("Filen har enkle anførselstegn uten make. De er lest som vanlig tekst."),
        "",
    ),
    "file_title_rows": (
        N_("%(count)s rader over overskriftene er hoppet over."),
        "",
    ),
    "file_two_headings": (
        N_("To rader med overskrifter er slått sammen til én."),
        "",
    ),
    "file_no_heading": (
        N_("Første rad ser ut som svar, ikke som overskrifter."),
        N_("Legg inn en rad med overskrifter øverst, eller eksporter på nytt med overskrifter."),
    ),
    "file_short_rows": (
        N_("%(count)s rader har færre celler enn overskriftene. Det som mangler, er regnet som ubesvart."),
        N_("Se at svarene i disse radene står i riktig kolonne."),
    ),
    "file_cells_beside": (
        N_("Det står noe til høyre for tabellen. Det er ikke tatt med."),
        N_("Er det svar, gi kolonnen en overskrift og last opp på nytt."),
    ),
    "file_formulas": (
        N_("%(count)s rader har formler. En formel er ikke et svar."),
        N_("Merk cellene i Excel, kopier dem, og lim inn som verdier. Last så opp på nytt."),
    ),
    "file_sheet_chosen": (
        N_("Arket «%(sheet)s» er lest, fordi det har flest rader. Disse er ikke lest: %(others)s."),
        N_("Ligger svarene i et annet ark, slett de andre arkene og last opp på nytt."),
    ),
}

OF_ONE: dict[str, str] = {
    "file_title_rows": N_("Én rad over overskriftene er hoppet over."),
    "file_short_rows": N_("Én rad har færre celler enn overskriftene. Det som mangler, er regnet som ubesvart."),
    "file_formulas": N_("Én rad har formler. En formel er ikke et svar."),
}
