"""Small problems of every kind, with many ties: few different numbers, and initiatives that are copies of others."""

from random import Random

YEAR = 2027
EFFECTS = (0.05, 0.15, 0.3, 0.3, 0.5, 0.95, 1, 0)
AMOUNTS = (0, 1, 1, 2, 3, 5, 0.5, 1.2)
GROUPS = ("ung", "voksen")
KINDS = (
    *("must", "must_not", "requires_all", "requires_any", "follows", "excludes", "together"),
    *("at_least", "at_most", "need_floor"),
)


def random_problem(seed: int, initiatives: int, years: int) -> dict:
    """A problem file as plain data. `initiatives` counts those that can be started; a running one may come on top."""
    r = Random(seed)
    calendar = list(range(YEAR, YEAR + years))
    needs = [_need(r, n) for n in range(r.randint(0, 5))]
    resources = [_resource(r, name, years) for name in r.sample(("investment", "operating", "staff"), r.randint(0, 3))]
    names = [f"T{n}" for n in r.sample(range(100), initiatives)]
    listed: list[dict] = []
    for name in names:
        if listed and r.random() < 0.25:
            listed.append({**r.choice(listed), "id": name})
        else:
            listed.append(_initiative(r, name, needs, resources, calendar))
    if r.random() < 0.3:
        running = _initiative(r, f"R{r.randint(0, 99)}", needs, resources, calendar)
        listed.append(running | {"started": YEAR - r.randint(1, 3)})
    problem = {
        **{"format": "malrett-problem/1", "title": f"seed {seed}", "years": calendar, "needs": needs},
        **{"resources": resources, "initiatives": listed},
        "rules": _rules(r, listed, needs, calendar),
    }
    optional = {
        "closure": r.choice(("product", "product", "capped", "max")),
        "effect_years": r.choice((1, years, years + 1, years + 4)),
        "reserve": r.choice((0, 0.1, 0.25)),
        "gap": 0,
    }
    problem |= {key: value for key, value in optional.items() if r.random() < 0.6}
    if needs and r.random() < 0.2:
        problem["weights"] = {"by": "segment", "nominal": {"ung": 0.4, "voksen": 0.6}}
    return problem


def _need(r: Random, number: int) -> dict:
    need = {"id": f"n{number}", "points": r.choice((0, 1, 1, 2, 3.41, 10)), "segment": r.choice(GROUPS)}
    return need | ({"factor": r.choice(("bolig", "arbeid"))} if r.random() < 0.7 else {})


def _resource(r: Random, name: str, years: int) -> dict:
    limit = [r.choice((None, 0, 1, 2, 4, 6, 8, 8, 3.5)) for _ in range(years)]
    resource = {"id": name, "unit": "1000 kr", "limit": limit}
    return resource | ({"total_limit": r.choice((None, 5, 10, 12))} if r.random() < 0.4 else {})


def _initiative(r: Random, name: str, needs: list[dict], resources: list[dict], calendar: list[int]) -> dict:
    def costs() -> dict:
        return {one["id"]: r.choice(AMOUNTS) for one in resources if r.random() < 0.6}

    initiative = {"id": name, "title": name, "theme": r.choice(("bolig", "arbeid", "sosialt"))}
    initiative["effects"] = {need["id"]: r.choice(EFFECTS) for need in needs if r.random() < 0.6}
    optional = {
        "start_cost": costs(),
        "yearly_cost": costs(),
        "profile": {key: [r.choice(AMOUNTS) for _ in range(r.randint(0, 4))] for key in costs()},
        "delay": r.choice((0, 0, 1, 2, 5)),
        "chance": r.choice((1, 0.9, 0.5, 0)),
    }
    initiative |= {key: value for key, value in optional.items() if r.random() < 0.6}
    if r.random() < 0.2:
        initiative["earliest"] = r.choice((calendar[0] - 1, *calendar, calendar[-1] + 1))
    if r.random() < 0.2:
        initiative["latest"] = r.choice((calendar[0] - 1, *calendar, calendar[-1] + 1))
    return initiative


def _rules(r: Random, initiatives: list[dict], needs: list[dict], calendar: list[int]) -> list[dict]:
    rules = [_rule(r, r.choice(KINDS), initiatives, needs, calendar) for _ in range(r.choice((0, 1, 2, 3, 4)))]
    locked = {rule["initiative"] for rule in rules if rule and rule["kind"] == "must"}
    return [rule for rule in rules if rule and not (rule["kind"] == "must_not" and rule["initiative"] in locked)]


def _rule(r: Random, kind: str, initiatives: list[dict], needs: list[dict], calendar: list[int]) -> dict | None:
    ids = [initiative["id"] for initiative in initiatives]
    if not ids or (kind == "need_floor" and not needs):
        return None
    some = r.sample(ids, min(len(ids), r.randint(1, 3)))
    if kind == "need_floor":
        by = r.choice(("segment", "factor", "of"))
        chosen = {"segment": r.choice(GROUPS), "factor": "bolig", "of": [need["id"] for need in needs[:2]]}
        return {"kind": kind, by: chosen[by], "share": r.choice((0, 0.1, 0.2, 0.5))}
    if kind in ("excludes", "together"):
        return {"kind": kind, "of": some}
    if kind in ("at_least", "at_most"):
        selector = {"theme": r.choice(("bolig", "arbeid", "ingen"))} if r.random() < 0.4 else {"of": some}
        return {"kind": kind, "count": r.randint(0, 2), **selector}
    rule = {"kind": kind, "initiative": r.choice(ids)}
    if kind == "must" and r.random() < 0.5:
        rule["year"] = r.choice((*calendar, calendar[-1] + 1))
    if kind.startswith("requires"):
        rule["of"] = some
    if kind == "follows":
        rule["themes"] = r.sample(("bolig", "arbeid", "sosialt", "ingen"), r.randint(1, 2))
    return rule
