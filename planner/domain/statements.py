"""What were people asked about? The statements, and the factors that group them.

Never holds answers, and knows nothing of how a survey tool names its columns.
"""

import csv
import io
from dataclasses import dataclass

BLI_FACTORS: tuple[str, ...] = ("arbeid", "bolig", "oppvekst_utdanning", "sosialt_miljo")
FACTORS: tuple[str, ...] = (*BLI_FACTORS, "tjenester", "natur", "kultur_fritid", "hverdagsliv")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing rated for importance and for likelihood.

    id: short and stable («s06»). text: bokmål, as printed in the form. factor: one of FACTORS.
    text_en, text_nn: the English and the nynorsk form, empty when there is none. is_short: asked in the short form too.
    """

    id: str
    text: str
    factor: str
    text_en: str = ""
    text_nn: str = ""
    is_short: bool = False

    def __post_init__(self) -> None:
        if not self.id or not self.text:
            raise ValueError("a statement needs an id and a text")
        if self.factor not in FACTORS:
            raise ValueError(f"unknown factor {self.factor!r}")


@dataclass(frozen=True, slots=True)
class StayStatement:
    """Something that is asked beside «Ønsker du å bo i kommunen i framtida?», on a scale of 1–7 of agreement."""

    id: str
    text: str
    text_nn: str
    text_en: str


def read_stay_statements(csv_text: str) -> tuple[StayStatement, ...]:
    """Read `id,text_nb,text_nn,text_en`, in file order."""
    reader = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    return tuple(StayStatement(row["id"], row["text_nb"], row["text_nn"], row["text_en"]) for row in reader)


def read_statements(csv_text: str) -> tuple[Statement, ...]:
    """Read `id,text_nb,factor` and, where they are there, `text_nn,text_en,short` (yes or no), in file order.

    Raises ValueError for a missing column, an unknown factor or a repeated id: the file is the program's own.
    """
    reader = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    missing = {"id", "text_nb", "factor"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"the statement file lacks {sorted(missing)}")
    statements = tuple(
        Statement(
            row["id"].strip(),
            row["text_nb"].strip(),
            row["factor"].strip(),
            (row.get("text_en") or "").strip(),
            (row.get("text_nn") or "").strip(),
            (row.get("short") or "").strip() == "yes",
        )
        for row in reader
    )
    if len({statement.id for statement in statements}) != len(statements):
        raise ValueError("two statements have the same id")
    return statements
