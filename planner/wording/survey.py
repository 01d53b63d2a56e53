"""What does the survey page say? Columns, codes, rows and groups, and what is kept."""

from collections.abc import Mapping, Sequence

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from planner import notation
from planner.domain.anonymity import Coarser
from planner.domain.columns import CODE_NAMES
from planner.domain.directions import IN_DOUBT, Direction
from planner.domain.doubtful import WithAndWithout
from planner.domain.examination import Certainty, ColumnFacts, Examination
from planner.domain.statements import Statement, StayStatement
from planner.domain.suppression import SHOWN_FROM
from planner.wording import gaps
from planner.wording import statements as names

# Findings that the question about the printed form answers.
ABOUT_THE_FORM = frozenset(
    {"ambiguous_scale_label", "ambiguous_scale_label_coded", "misprinted_label_on_two", "misprinted_form"}
)
# Findings that naming further codes for «vet ikke» may answer.
ABOUT_CODES = frozenset({"cell_not_understood", "cells_not_understood"})
# Findings that saying which numbers the steps are may answer.
ABOUT_NUMBERS = ABOUT_CODES | {
    "value_or_label_number", "scale_too_short", "label_contradicts_code", "labels_contradict_codes",
    "label_not_in_scale",
}  # fmt: skip
# Findings that turning a scale, or letting the two change places, may answer.
ABOUT_DIRECTION = IN_DOUBT


def role(code: str) -> str:
    return {
        "importance": _("Viktighet"),
        "likelihood": _("Sannsynlighet"),
        "segment": _("Gruppe"),
        "weight": _("Vekt"),
        "respondent": _("Svarnummer"),
        "margin": _("Kjennetegn (kjønn, alder)"),
        "stay": _("Ønsker å bo her"),
        "driver": _("Henger sammen med å bo her"),
        "comment": _("Fritekst, holdes for seg"),
        "submitted": _("Om skjemaet er sendt inn"),
        "personal": _("Slettet"),
        "ignored": _("Brukes ikke"),
    }[code]


def number_choices() -> tuple[tuple[str, str], ...]:
    """Which numbers the steps of the scales are in the file."""
    return (
        ("ask", _("Vet ikke ennå")),
        ("1-7", _("1 til 7 er svarene, fra lavest til høyest")),
        ("dk_last", _("1 til 7 er svarene, og 8 er «vet ikke»")),
        ("dk_first", _("Numre på svaralternativene: 1 er «vet ikke», 2 til 8 er svarene")),
        ("0-6", _("0 til 6 er svarene")),
        ("minus3-3", _("−3 til 3 er svarene")),
        ("1-5", _("1 til 5 er svarene. De regnes om til 1, 2, 4, 6 og 7")),
        ("1-6", _("1 til 6 er svarene. De regnes om til 1, 2, 3, 5, 6 og 7")),
        ("0-10", _("0 til 10 er svarene. De regnes om til 1 til 7")),
    )


def directions(ways: Sequence[Direction], statements: Mapping[str, Statement]) -> tuple[tuple[str, str], ...]:
    """How the scales may be read → the five largest needs then; nothing where there is no doubt."""
    read = {
        "read": _("Slik filen leses nå"),
        "importance": _("Viktighet andre veien"),
        "likelihood": _("Sannsynlighet andre veien"),
        "swapped": _("De to byttet om"),
    }
    none = _("For få har svart til å vise noe")
    return tuple(
        (read[one.way], ", ".join(names.statement(statements[id_]) for id_ in one.five) or none) for one in ways
    )


def coarser(done: Coarser) -> tuple[str, ...]:
    """What is done to what people said about themselves, so that nobody can be known by it; nothing when nothing is."""
    told = [
        _("«%(heading)s»: %(levels)s blir én gruppe.", heading=heading, levels=gaps.listed(list(levels)))
        for heading, levels in done.merged
    ]
    told += [_("«%(heading)s» blir ikke tatt med.", heading=heading) for heading in done.dropped]
    if done.left_out:
        told.append(
            ngettext(
                "For én person blir ingenting om alder, kjønn og lignende tatt med.",
                "For %(n)s personer blir ingenting om alder, kjønn og lignende tatt med.",
                done.left_out,
                n=notation.number(done.left_out),
            )
        )
    if told:
        told.insert(0, _("Noen har så uvanlige kjennetegn til sammen at de kunne bli kjent igjen. Derfor:"))
    return tuple(told)


def dropped(count: int) -> str:
    return ngettext(
        "Én kolonne kan fortelle hvem som har svart, og er slettet",
        "%(n)s kolonner kan fortelle hvem som har svart, og er slettet",
        count,
        n=notation.number(count),
    )


def role_with_statement(code: str, statement: Statement | StayStatement | None) -> str:
    if statement is None:
        return role(code)
    return f"{role(code)}: {text_of(statement)}"


def text_of(statement: Statement | StayStatement) -> str:
    if isinstance(statement, Statement):
        return gaps.statement(statement)
    language = str(get_locale() or "nb")
    return {"nn": statement.text_nn, "en": statement.text_en}.get(language, statement.text)


def certainty(code: Certainty) -> str:
    return {
        "sure": _("kjent igjen"),
        "unsure": _("se over"),
        "unknown": _("ikke kjent igjen"),
        "chosen": _("valgt av deg"),
        "recalled": _("som sist"),
    }[code]


def code_names() -> tuple[str, ...]:
    """What stands over the counts of a column of answers, in the order of CODE_NAMES."""
    words = {"vet_ikke": _("vet ikke"), "tom": _("tom"), "ukjent": _("ukjent")}
    return tuple(words.get(name, name) for name in CODE_NAMES)


def not_understood(column: ColumnFacts) -> str:
    """Beside a column with cells that are not understood; empty for the others."""
    if not column.unknown:
        return ""
    return _("Ikke forstått: %(examples)s", examples=", ".join(f"«{text}»" for text in column.unknown))


def kinds(distinct: int) -> str:
    return ngettext("Én verdi, ikke vist", "%(n)s ulike verdier, ikke vist", distinct, n=notation.number(distinct))


def blank(cell: str) -> str:
    return cell or _("(tom)")


def columns_answer(examination: Examination, asked: int) -> str:
    """What was recognised, and how much there is to look over."""
    found = _("Vi fant begge spørsmålene for %(n)s av %(all)s utsagn.", n=len(examination.paired), all=asked)
    unsure = sum(column.certainty == "unsure" for column in examination.columns)
    if not unsure:
        return found
    over = ngettext("Én kolonne bør du se over.", "%(n)s kolonner bør du se over.", unsure, n=unsure)
    return f"{found} {over}"


def rows_answer(rows_in: int, rows_used: int) -> str:
    """«412 av 420 rader brukes. 8 er satt til side.»"""
    if not rows_used:
        return ngettext(
            "Filen har %(n)s rad. Den kan ikke brukes før det under er rettet.",
            "Filen har %(n)s rader. De kan ikke brukes før det under er rettet.",
            rows_in,
            n=notation.number(rows_in),
        )
    used = _("%(used)s av %(all)s rader brukes.", used=notation.number(rows_used), all=notation.number(rows_in))
    aside = rows_in - rows_used
    if not aside:
        return used
    return f"{used} " + ngettext("Én er satt til side.", "%(n)s er satt til side.", aside, n=notation.number(aside))


def stored_answer(rows_used: int, statements: int, weighting: str) -> str:
    """What a plan's survey amounts to."""
    counted = ngettext("Én person har svart", "%(n)s personer har svart", rows_used, n=notation.number(rows_used))
    asked = ngettext("på ett utsagn", "på %(n)s utsagn", statements, n=notation.number(statements))
    how = {
        "none": _("Alle svar teller likt."),
        "file": _("Svarene er vektet med vekten i filen."),
        "raked": _("Svarene er vektet etter befolkningen."),
    }[weighting]
    return f"{counted} {asked}. {how}"


def group_note(respondents: int) -> str:
    """Beside a group that is too small to be shown by itself; empty for the others."""
    if not respondents:
        return _("Ingen svar. Gruppen får kommunens tall.")
    if respondents < SHOWN_FROM:
        return _("For få til å vises alene. Gruppen får kommunens tall, merket «lånt».")
    return ""


def too_few(names: list[str]) -> str:
    """Who answered too little, and what could be done."""
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else _("%(first)s og %(last)s", first=", ".join(names[:-1]), last=names[-1])
    return _(
        "%(groups)s har for få svar til egne tall. Et verksted med dem kan gi det undersøkelsen ikke ga.", groups=listed
    )


def no_heading() -> str:
    return _("(uten overskrift)")


def other_columns() -> str:
    return _("Om den som svarer")


def rest_of_groups(name: str) -> str:
    return _("De som ikke havner i noen gruppe, regnes som «%(name)s». Det kan endres nederst på siden.", name=name)


def doubtful(found: WithAndWithout | None) -> str:
    """What the rows that look doubtful do to the results. found: None when none does."""
    if found is None:
        return ""
    rows = ngettext(
        "%(n)s rad ser tvilsom ut: samme svar nedover hele veien, eller den samme raden to ganger.",
        "%(n)s rader ser tvilsomme ut: samme svar nedover hele veien, eller den samme raden to ganger.",
        found.rows,
        n=notation.number(found.rows),
    )
    five = (
        _("Uten dem er de fem største behovene de samme.")
        if found.same_five
        else _("Uten dem er de fem største behovene ikke de samme, så se på radene før dere stoler på rekkefølgen.")
    )
    if found.most is None:
        return f"{rows} {five}"
    most = ngettext(
        "Ingen andel endrer seg mer enn %(n)s prosentpoeng.",
        "Ingen andel endrer seg mer enn %(n)s prosentpoeng.",
        found.most,
        n=notation.number(found.most),
    )
    return f"{rows} {five} {most}"
