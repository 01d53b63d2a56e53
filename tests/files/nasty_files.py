"""Sixty files that nobody should have to read: name of the trouble → file name and content, each made in code."""

import gzip
import io
import random
import struct
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from planner.files.seed_data import read_seed
from tests.files import nasty

File = tuple[str, bytes]


@cache
def sav(compress: bool = False) -> bytes:
    """A small good file of SPSS."""
    frame = pd.DataFrame(np.random.default_rng(1).integers(1, 8, (40, 6)).astype(float), columns=list("abcdef"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(frame, str(path), compress=compress)
        return path.read_bytes()


def flipped(data: bytes, seed: int, bits: int = 12) -> bytes:
    """With some bits turned, most of them in the head, where counts and lengths are."""
    rng, made = random.Random(seed), bytearray(data)
    for _ in range(bits):
        made[rng.randrange(min(len(made), 1500))] ^= 1 << rng.randrange(8)
    return bytes(made)


def at(data: bytes, place: int, value: int) -> bytes:
    """With another number at a place of the head."""
    return data[:place] + struct.pack("<i", value) + data[place + 4 :]


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def nested(depth: int) -> bytes:
    data = b"a;b\n1;2\n" * 1000
    for number in range(depth):
        data = zipped({f"{number}.xlsx": data})
    return data


def sheet(xml: Callable[[str], str]) -> bytes:
    return nasty.edited(nasty.workbook(), "xl/worksheets/sheet1.xml", xml)


def deep_xml(_: str) -> str:
    return "<a>" * 200_000 + "</a>" * 200_000


def wide_csv(columns: int) -> bytes:
    row = ";".join(["6"] * columns)
    return ("\n".join([";".join(f"k{n}" for n in range(columns)), row, row, ""])).encode()


def wide_xlsx() -> bytes:
    cells = "".join(f'<c t="n"><v>{n % 7}</v></c>' for n in range(100_000))
    return sheet(lambda xml: xml.replace("</sheetData>", f'<row r="9">{cells}</row></sheetData>'))


def empty_rows() -> bytes:
    rows = "".join(f'<row r="{n}"></row>' for n in range(10, 1_000_000, 2))
    return sheet(lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))


SAMPLE = read_seed("innbyggerundersokelse.csv")
HEAD = SAMPLE[: SAMPLE.index(b"\r\n") + 2]
ROW = SAMPLE[len(HEAD) : SAMPLE.index(b"\r\n", len(HEAD)) + 2]
GOOD = nasty.delimited()

FILES: dict[str, Callable[[], File]] = {
    # Text
    "empty": lambda: ("tom.csv", b""),
    "only spaces": lambda: ("x.csv", b" \n\t\n  \n" * 1000),
    "only headings": lambda: ("x.csv", HEAD),
    "one cell": lambda: ("x.csv", b"hei"),
    "one line of 50 MB": lambda: ("x.csv", b"x" * 50_000_000),
    "one line of 20 MB in a quote": lambda: ("x.csv", HEAD + b'"' + b"x" * 20_000_000),
    "NUL everywhere": lambda: ("x.csv", b"\0" * 100_000),
    "NUL in cells": lambda: ("x.csv", GOOD.replace(b"Mann", b"Ma\0nn")),
    "UTF-16 without a mark": lambda: ("x.csv", GOOD.decode().encode("utf-16-le")),
    "UTF-16, half a letter short": lambda: ("x.csv", (b"\xff\xfe" + GOOD.decode().encode("utf-16-le"))[:-3]),
    "UTF-32": lambda: ("x.csv", GOOD.decode().encode("utf-32")),
    "UTF-7": lambda: ("x.csv", GOOD.decode().encode("utf-7")),
    "EBCDIC": lambda: ("x.csv", GOOD.decode().encode("cp500", "replace")),
    "two encodings": lambda: ("x.csv", SAMPLE[:20_000] + SAMPLE[20_000:].decode().encode("cp1252", "replace")),
    "UTF-8 twice": lambda: ("x.csv", GOOD.decode().encode().decode("latin-1").encode()),
    "broken UTF-8": lambda: ("x.csv", SAMPLE.replace(b"\xc3", b"\xc3\xc3\xff")),
    "random bytes": lambda: ("x.csv", random.Random(2).randbytes(200_000)),
    "a quote never closed": lambda: ("x.csv", SAMPLE.replace(b"Kvinne", b'"Kvinne', 1)),
    "only quotes": lambda: ("x.csv", b'"' * 1_000_001),
    "only separators": lambda: ("x.csv", b";" * 2_000_000),
    "only line breaks": lambda: ("x.csv", b"\r\n" * 2_000_000),
    "ragged": lambda: ("x.csv", HEAD + b"".join(b";".join([b"6"] * (n % 200)) + b"\n" for n in range(3000))),
    "100,000 columns": lambda: ("x.csv", wide_csv(100_000)),
    "1,000,000 columns": lambda: ("x.csv", wide_csv(1_000_000)),
    "three separators": lambda: ("x.csv", b"a;b,c\td\n1,2;3\t4\n" * 500),
    "headings alike": lambda: ("x.csv", b";".join([b"Viktig"] * 60) + b"\n" + b";".join([b"6"] * 60) + b"\n"),
    "headings of a million letters": lambda: ("x.csv", b"a" * 1_000_000 + b";" + b"b" * 1_000_000 + b"\n6;6\n"),
    "formulas": lambda: ("x.csv", SAMPLE.replace(b"Kvinne", b"=cmd|'/c calc'!A1").replace(b"Mann", b"@SUM(1)")),
    "letters that turn the text": lambda: ("x.csv", GOOD.decode().replace("Mann", "\u202eMann\u2066").encode()),
    "markup": lambda: ("x.csv", GOOD.replace(b"Mann", b"<script>alert(1)</script>{{7*191}}")),
    "numbers out of bounds": lambda: ("x.csv", GOOD.replace(b"6 Viktig", b"9" * 5000).replace(b"0,8", b"1e999")),
    "the same id in every row": lambda: ("x.csv", HEAD + ROW * 3000),
    # Names
    "a name up the folders": lambda: ("../../etc/passwd", GOOD),
    "a name of another system": lambda: ("C:\\windows\\svar.csv", GOOD),
    "a name with NUL": lambda: ("sv\0ar.csv", GOOD),
    "a name of 5,000 letters": lambda: ("æ" * 5000 + ".csv", GOOD),
    "a name that turns": lambda: ("\u202egpj.csv", GOOD),
    "a name that is a formula": lambda: ("=cmd|'/c calc'!A1.csv", GOOD),
    "a name that is a pattern": lambda: ("%(count)s {0} %s.csv", b"%PDF-1.4"),
    # Something else than it says
    "pdf": lambda: ("svar.csv", b"%PDF-1.7\n" + bytes(1000)),
    "gzip": lambda: ("svar.csv", gzip.compress(SAMPLE)),
    "html called xls": lambda: ("svar.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
    "old Excel": lambda: ("svar.xls", nasty.ole("Workbook")),
    "text called sav": lambda: ("svar.sav", GOOD),
    "sav called xlsx": lambda: ("svar.xlsx", sav()),
    "a program": lambda: ("svar.csv", b"\x7fELF" + random.Random(3).randbytes(5000)),
    "a picture": lambda: ("svar.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)),
    # Workbooks
    "encrypted": lambda: ("svar.xlsx", nasty.ole("EncryptedPackage")),
    "half a workbook": lambda: ("svar.xlsx", nasty.workbook()[:2500]),
    "a workbook without its end": lambda: ("svar.xlsx", nasty.workbook()[:-40]),
    "a workbook without sheets": lambda: ("svar.xlsx", zipped({"[Content_Types].xml": b"<Types/>"})),
    "a zip of parts that are not xml": lambda: ("svar.xlsx", nasty.archive("xl/workbook.xml", "xl/worksheets/s.xml")),
    "broken xml": lambda: ("svar.xlsx", sheet(lambda xml: xml[: len(xml) // 2])),
    "deep xml": lambda: ("svar.xlsx", sheet(deep_xml)),
    "a bomb of 100 MB": lambda: ("svar.xlsx", nasty.bomb(100)),
    "a bomb of 500 MB": lambda: ("svar.xlsx", nasty.bomb(500)),
    "a bomb of nothing": lambda: ("svar.xlsx", zipped({"xl/workbook.xml": bytes(300_000_000)})),
    "zips in zips": lambda: ("svar.xlsx", nested(8)),
    "a billion laughs": lambda: ("svar.xlsx", nasty.with_entities()),
    "a cell at the far corner": lambda: ("svar.xlsx", nasty.far_cell()),
    "a lie about its size": lambda: ("svar.xlsx", nasty.lying_dimension(50)),
    "100,000 columns in Excel": lambda: ("svar.xlsx", wide_xlsx()),
    "half a million empty rows": lambda: ("svar.xlsx", empty_rows()),
    "a part that names a folder above": lambda: ("svar.xlsx", zipped({"../../x": b"1", "xl/workbook.xml": b"<a/>"})),
    # SPSS
    "sav, cut": lambda: ("svar.sav", sav()[:300]),
    "sav, cut in the data": lambda: ("svar.sav", sav()[:-400]),
    "sav, only its name": lambda: ("svar.sav", b"$FL2@(#) SPSS DATA FILE"),
    "sav, two billion rows": lambda: ("svar.sav", at(sav(), 80, 2**31 - 1)),
    "sav, two billion columns": lambda: ("svar.sav", at(sav(), 68, 2**31 - 1)),
    "sav, a negative number of columns": lambda: ("svar.sav", at(sav(), 68, -5)),
    "sav, another way of packing": lambda: ("svar.sav", at(sav(), 72, 7)),
    "zsav, cut": lambda: ("svar.zsav", sav(compress=True)[:-200]),
    "sav, not a number": lambda: ("svar.sav", b"$FL2" + bytes(4000)),
    "sav, turned to the other end": lambda: ("svar.sav", sav()[:64] + sav()[64:68][::-1] + sav()[68:]),
    **{f"sav, bits turned ({n})": (lambda n=n: ("svar.sav", flipped(sav(), n))) for n in range(8)},
    **{f"zsav, bits turned ({n})": (lambda n=n: ("svar.zsav", flipped(sav(compress=True), n))) for n in range(4)},
}  # fmt: skip
