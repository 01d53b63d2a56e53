"""Survey files as the world makes them, built in code: good ones in every encoding, and bad ones of every kind."""

import io
import re
import zipfile

import openpyxl
import xlsxwriter

HEADING = ("ID", "Kjønn", "Å ha natur nær – viktig", "Å ha natur nær – sannsynlig", "Vekt")
ANSWERS = (
    ("1", "Kvinne", "6 Viktig", "3", "0,8"),
    ("2", "Mann", "7", "Vet ikke", "1,2"),
    ("3", "Ærlig, ø", "5", "2", "1"),
)
ROWS = (HEADING, *ANSWERS)


def delimited(rows=ROWS, separator=";", encoding="utf-8", end="\r\n", quoted=False) -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted or separator in text else text

    return end.join(separator.join(map(cell, row)) for row in (*rows, ())).encode(encoding)


def workbook(rows=ROWS, sheets=("Svar",), **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write(number, place, value)
    return out.getvalue()


def numbers_book(values) -> bytes:
    """A workbook written by openpyxl, with whatever values it takes."""
    book = openpyxl.Workbook()
    for row in values:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, member: str, edit) -> bytes:
    """A workbook with one of its parts rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, edit(content.decode()).encode() if entry.filename == member else content)
    return out.getvalue()


def lying_dimension(rows: int) -> bytes:
    """A sheet of many rows that claims to be one cell."""
    data = workbook((HEADING, *ANSWERS[:1] * rows))
    lie = edited(
        data, "xl/worksheets/sheet1.xml", lambda xml: re.sub(r'<dimension ref="[^"]+"/>', '<dimension ref="A1"/>', xml)
    )
    with zipfile.ZipFile(io.BytesIO(lie)) as archive:
        assert b'<dimension ref="A1"/>' in archive.read("xl/worksheets/sheet1.xml")
    return lie


def far_cell(value: object = 1) -> bytes:
    """A good sheet with one more cell, in the last row and column there are."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["XFD1048576"] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """A workbook whose sheet is mostly one repeated row, tiny when packed; here too it is never whole in memory."""
    row = b'<row r="9"><c r="A9" t="inlineStr"><is><t>' + b"x" * 1000 + b"</t></is></c></row>"
    rows, out = row * (1_000_000 // len(row)), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            before, end, after = old.read(entry).partition(b"</sheetData>")
            with new.open(entry.filename, "w") as part:
                part.write(before)
                for _ in range(megabytes if end else 0):
                    part.write(rows)
                part.write(end + after)
    return out.getvalue()


def with_entities() -> bytes:
    """«Billion laughs», and a file of the machine asked for by name."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]>'

    def edit(xml: str) -> str:
        head, _, rest = xml.partition("?>")
        return f"{head}?>{doctype}" + rest.replace("<sst ", "<sst ", 1).replace("Kvinne", "&l9;&f;")

    return edited(workbook(), "xl/sharedStrings.xml", edit)


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in names:
            new.writestr(name, b"<x/>")
    return out.getvalue()


def ole(marker: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + marker.encode("utf-16-le") + b"\x00" * 512
