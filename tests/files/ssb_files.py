"""The same made-up population in each form a table of Statistics Norway comes in. No figure is real."""

import json

SEXES = (("1", "Menn"), ("2", "Kvinner"))
AGES = (*tuple((f"{age:03}", f"{age} år") for age in range(105)), ("105+", "105 år eller eldre"))
YEARS = ("2025", "2026")
TITLE = "07459: Befolkning, etter region, kjønn, alder, statistikkvariabel og år"


def people(sex: int, age: int, year: int) -> int:
    """More men than women, fewer with age, a little more each year; nobody from 100."""
    return 0 if age >= 100 else 30 + 2 * (1 - sex) + year - age // 5


def web_csv() -> bytes:
    lines = [f'"{TITLE}"', "", '"region";"kjønn";"alder";"Personer 2025";"Personer 2026"']
    for s, (_, sex) in enumerate(SEXES):
        for a, (_, age) in enumerate(AGES):
            lines.append(f'"9999 Prøvevik";"{sex}";"{age}";{people(s, a, 0)};{people(s, a, 1)}')
    lines += ["", '"Tallene gjelder 1. januar; endringer kan komme."', '"Kilde: oppdiktet"']
    return "\r\n".join(lines).encode("iso-8859-1")


def api_csv(separator: str = ",", encoding: str = "iso-8859-1", *, coded: bool = False) -> bytes:
    head = ("region", "kjønn", "alder", "statistikkvariabel", "år", TITLE)
    lines = [separator.join(f'"{one}"' for one in head)]
    for s, (sex_code, sex) in enumerate(SEXES):
        for a, (age_code, age) in enumerate(AGES):
            for y, year in enumerate(YEARS):
                cells = ("9999 Prøvevik", f"{sex_code} {sex}", f"{age_code} {age}", "Personer1 Personer", year)
                plain = ("Prøvevik", sex, age, "Personer", year)
                said = separator.join(f'"{one}"' for one in (cells if coded else plain))
                lines.append(f"{said}{separator}{people(s, a, y)}")
    return "\n".join(lines).encode(encoding)


def json_stat(*, sparse: bool = False, hidden: bool = False) -> bytes:
    values: list[int | None] = [people(s, a, y) for s in range(2) for a in range(len(AGES)) for y in range(len(YEARS))]
    status = {}
    if hidden:
        values[1], status = None, {"1": ":"}
    several = {str(place): value for place, value in enumerate(values) if value is not None}

    def category(pairs: tuple[tuple[str, str], ...]) -> dict[str, object]:
        return {"index": {code: place for place, (code, _) in enumerate(pairs)}, "label": dict(pairs)}

    document = {
        "version": "2.0", "class": "dataset", "label": TITLE,
        "id": ["Region", "Kjonn", "Alder", "ContentsCode", "Tid"], "size": [1, 2, len(AGES), 1, 2],
        "dimension": {
            "Region": {"label": "region", "category": category((("9999", "Prøvevik"),))},
            "Kjonn": {"label": "kjønn", "category": category(SEXES)},
            "Alder": {"label": "alder", "category": category(AGES)},
            "ContentsCode": {"label": "statistikkvariabel", "category": category((("Personer1", "Personer"),))},
            "Tid": {"label": "år", "category": category(tuple((year, year) for year in YEARS))},
        },
        "value": several if sparse else values, "status": status,
    }  # fmt: skip
    return json.dumps(document).encode()
