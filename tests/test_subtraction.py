"""Suppression cannot be undone by subtraction, whatever views and exports are put side by side.

Two proofs. Movement: answers are moved between hidden cells that are shown as one, and nothing that anybody can read
changes, in any view; so no pair of views, however it is combined, tells the hidden cells apart. Range: whoever takes
every figure as a sum of unknown counts and reckons backwards learns no more of a hidden group than the figure of the
hidden groups together gives away, and that one is of ten answers or more.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.cli_gaps import _rows
from planner.domain.answers import Answers
from planner.domain.background import background_columns
from planner.domain.cells import cell_table
from planner.domain.gap_ranks import strict_ranks
from planner.domain.gaps import gap_table
from planner.domain.needs import whole_percent
from planner.domain.priorities import FactorWeights
from planner.domain.summary import SurveySummary, summarise
from planner.domain.weighting_choice import Choice, ChosenMargin, Weighed, weigh
from planner.services import kept_reasons
from planner.store.database import Database
from tests import gap_survey, portfolio_case
from tests.exports import keep_plan, text_of
from tests.hidden_cells import SHAPES, Shape, movements, summed, survey, weights_of
from tests.work_out import explain

STATEMENTS = gap_survey.STATEMENTS
LEAST = 10


def figures(found: Any) -> Any:
    """Every number of a value, to ten digits: beyond that they tell in which order things were added."""
    if is_dataclass(found):
        return [figures(getattr(found, one.name)) for one in fields(found)]
    if isinstance(found, Mapping):
        return {key: figures(one) for key, one in found.items()}
    if isinstance(found, (list, tuple)):
        return [figures(one) for one in found]
    return round(found, 10) if isinstance(found, float) else found


def everything(summary: SurveySummary) -> str:
    """All that tables, places and `planner gaps --json` are made of, by every choice of weights."""
    seen = []
    factors = (FactorWeights(), FactorWeights("per_statement"), FactorWeights("own", (("bolig", 1.0),)))
    for number, segments in enumerate(weights_of(len(summary.segments))):
        table = gap_table(summary, segments, factors[number % len(factors)])
        seen.append([table, _rows(table), strict_ranks(summary, table) if not number else None])
    return json.dumps(figures(seen), sort_keys=True)


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_shown_changes_when_answers_move_between_hidden_cells(name: str) -> None:
    answers, raking = survey(SHAPES[name])
    shown, tried = everything(summed(answers, raking)), 0
    for moved in movements(answers, raking):
        assert everything(summed(moved, raking)) == shown
        tried += 1
    assert tried or sum(SHAPES[name].sizes) < LEAST, "the survey has nobody to trade answers"


def test_the_movement_would_be_seen_if_the_groups_were_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, _ = survey(SHAPES["one small group"])
    moved = next(movements(answers, None))
    monkeypatch.setattr("planner.domain.cells.hidden_together", lambda *_: set())
    assert everything(summarise(moved)) != everything(summarise(answers))


def unsure(answers: Answers, people: list[int]) -> Answers:
    """The same answers, but these people did not know how likely a home is."""
    likelihood, dont_know = answers.likelihood.copy(), answers.likelihood_dk.copy()
    likelihood[people, 1], dont_know[people, 1] = 0, True
    return replace(answers, likelihood=likelihood, likelihood_dk=dont_know)


def test_a_group_of_which_all_did_not_know_is_not_told_apart() -> None:
    """Nobody of the four has a pair of answers, but the share of «vet ikke» among everyone, less that of the others,
    would be theirs. Traded with four of the next group, who answered alike, it is the same for all that is shown."""
    answers, _ = survey(Shape((4, 40, 60)))
    theirs, like = [0, 1, 2, 3], [1, 2, 3]
    alike = next(b for b in range(4, 44) if (answers.likelihood[b] == answers.likelihood[0])[[0, 2, 3]].all())
    likelihood = answers.likelihood.copy()
    likelihood[0, 1] = likelihood[alike, 1]
    answers = replace(answers, likelihood=likelihood)
    seen = [cell_table(summarise(unsure(answers, people))) for people in (theirs, [alike, *like])]
    for table in seen:
        assert [cell.source for cell in table.cells[1]] == ["borrowed", "pooled", "own"]
    told = [[table.whole, [[cell.figure for cell in row] for row in table.cells]] for table in seen]
    assert figures(told[0]) == figures(told[1])


# --- Reckoning backwards ---------------------------------------------------------------------------------------------


def equations(summary: SurveySummary, j: int) -> Iterator[tuple[np.ndarray, float, float]]:
    """(coefficients on the counts of each group, lowest, highest) of one statement: a figure as shown is a whole per
    cent, and says that what it is made of lies within half a per cent of it."""
    table = cell_table(summary)
    n = table.own.n[:, j]

    def about(coefficient: np.ndarray, shown: float) -> tuple[np.ndarray, float, float]:
        percent = whole_percent(shown)
        return coefficient, (percent - 0.5) / 100 - 1e-9, (percent + 0.5) / 100 + 1e-9

    per_head = np.divide(1.0, n, out=np.zeros_like(n), where=n > 0)
    whole = np.full(len(n), 1 / n.sum())
    together = np.where(table.hidden[:, j], 1 / max(1, n[table.hidden[:, j]].sum()), 0.0)
    made_of = {
        "own": lambda g: np.where(np.arange(len(n)) == g, per_head, 0.0),
        "pooled": lambda g: together,
        "borrowed": lambda g: whole,
    }
    parts = [made_of[cell.source](g) for g, cell in enumerate(table.cells[j])]
    for weights in weights_of(len(summary.segments)):
        shown = next(row for row in gap_table(summary, weights).rows if row.statement == STATEMENTS[j].id)
        if shown.figure is None:
            continue
        yield about(whole, shown.figure.unmet)
        shares = weights.shares(summary.segments, summary.weight)
        alpha = list(shares.values())
        plain = weights.choice == "population" and not weights.values
        yield about(whole if plain else np.sum([a * p for a, p in zip(alpha, parts, strict=True)], axis=0), shown.unmet)
        for cell, part in zip(shown.cells, parts, strict=True):
            if cell.figure is not None:
                yield about(part, cell.figure.unmet)


def span(rows: Sequence[tuple[np.ndarray, float, float]], n: np.ndarray, of: np.ndarray) -> tuple[int, int]:
    """The fewest and the most in the places `of` who may lack it, for all that the figures say: integer programming."""
    matrix, low, high = (np.array(column) for column in zip(*rows, strict=True))
    ends = []
    for sign in (1, -1):
        cost = np.where(of, sign, 0)
        found = milp(cost, constraints=LinearConstraint(matrix, low, high), integrality=np.ones(len(n)),
                     bounds=Bounds(0, n))  # fmt: skip
        assert found.success, "the figures as shown contradict each other: the equations are wrong"
        ends.append(round(float(found.x[of].sum())))
    return ends[0], ends[1]


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if not (shape.weighted or shape.raked)])
def test_reckoning_backwards_gives_no_more_than_the_hidden_groups_together(name: str) -> None:
    answers, _ = survey(SHAPES[name])
    summary = summarise(answers)
    hidden = cell_table(summary).hidden
    for j in range(len(STATEMENTS)):
        n = cell_table(summary).own.n[:, j]
        lacking = summary.tally.pairs[:, j, 57, 0]
        rows = list(equations(summary, j))
        together = hidden[:, j]
        if not together.any():
            continue
        pool, all_in = lacking[together].sum(), n[together].sum()
        # What is shown as one is ten answers or more, and not one group under another name.
        assert not rows or all_in >= LEAST or together.sum() == (n > 0).sum()
        assert together.sum() >= 2 or (n > 0).sum() == 1
        for group in np.flatnonzero(together):
            low, high = span(rows, n, np.arange(len(n)) == group) if rows else (0, int(n[group]))
            assert low <= max(0, pool - (all_in - n[group])) and high >= min(n[group], pool)


def both_weighings(answers: Answers, level: np.ndarray, people: tuple[float, ...], j: int) -> Iterator[Any]:
    """The equations of one statement on the counts by group and level, from the page before and after weighting."""
    levels = tuple("abc"[one] for one in level)
    columns = background_columns(replace(answers, margins=(("Nivå", levels),)))
    chosen = ChosenMargin("Nivå", tuple(zip("abc", people, strict=False)))
    weighed = weigh(replace(answers, margins=(("Nivå", levels),)), Choice("raked", (chosen,)), columns)
    assert isinstance(weighed, Weighed)
    cells = answers.segment * 3 + level
    for weight, raking in ((answers.weight, None), (weighed.answers.weight, weighed.raking)):
        summary = summarise(answers.with_weight(weight), raking=raking)
        table = cell_table(summary)
        mass = np.bincount(cells, weight, minlength=9)
        per_head = np.divide(mass, np.bincount(cells, minlength=9), out=np.zeros(9), where=mass > 0)
        whole = next(row for row in gap_table(summary).rows if row.statement == STATEMENTS[j].id)
        groups = np.arange(9) // 3
        seen = [(whole.figure, np.ones(9, dtype=bool))]
        for g, cell in enumerate(table.cells[j]):
            together = table.hidden[groups, j] if cell.source == "pooled" else groups == g
            seen.append((cell.figure, together))
        for figure, among in seen:
            if figure is not None:
                percent = whole_percent(figure.unmet)
                row = np.where(among, per_head, 0.0) / mass[among].sum()
                yield row, (percent - 0.5) / 100 - 1e-9, (percent + 0.5) / 100 + 1e-9


@pytest.mark.parametrize("people", [(30.0, 70.0), (60.0, 40.0)])
@pytest.mark.parametrize("by", ["sex", "age, the six with their neighbours"])
def test_before_and_after_weighting_give_no_more_than_each_level_of_the_hidden_groups_together(
    by: str, people: tuple[float, ...]
) -> None:
    """A level of ten or more among those shown as one can be told from the rest; one person's group cannot."""
    answers, _ = survey(Shape((6, 40, 60)))
    level = np.arange(106) % 2 if by == "sex" else (answers.segment == 2).astype(int)
    cells = answers.segment * 3 + level
    n = np.bincount(cells, minlength=9).astype(float)
    for j in range(len(STATEMENTS)):
        lacks = (answers.likelihood[:, j] == 1).astype(float)
        k = np.bincount(cells, lacks, minlength=9)
        rows = list(both_weighings(answers, level, people, j))
        # The hidden groups are 0 and 1: places 0–5. A level of theirs has more than ten, or nobody.
        low, high = 0.0, 0.0
        for one in range(3):
            all_in, lacking = n[[one, 3 + one]].sum(), k[[one, 3 + one]].sum()
            assert all_in == 0 or all_in >= LEAST
            low += max(0.0, lacking - n[3 + one])
            high += min(n[one], lacking)
        found = span(rows, n, np.arange(9) < 3)
        assert found[0] <= low and found[1] >= high and high - low >= 4


def test_a_weight_for_the_small_group_alone_would_tell_and_is_refused() -> None:
    answers, _ = survey(Shape((6, 40, 60)))
    answers = replace(answers, margins=(("Nivå", tuple("abc"[one] for one in answers.segment)),))
    chosen = ChosenMargin("Nivå", (("a", 20.0), ("b", 40.0), ("c", 46.0)))
    refused = weigh(answers, Choice("raked", (chosen,)), background_columns(answers))
    assert isinstance(refused, tuple) and [one.details["level"] for one in refused] == ["a"]


def by_weight(weights: np.ndarray) -> tuple[Answers, np.ndarray]:
    """Six, forty and sixty with these weights of the file, and which of the weights each has."""
    answers, _ = survey(Shape((6, 40, 60)))
    return answers.with_weight(weights), np.unique(weights, return_inverse=True)[1]


def told_by(answers: Answers, kind: np.ndarray, j: int) -> Iterator[Any]:
    """The equations on the counts by group and weight, from the page with the file's weights and the one without."""
    cells = answers.segment * 3 + kind
    groups = np.arange(9) // 3
    for weight in (answers.weight, np.ones(len(answers))):
        summary = summarise(answers.with_weight(weight))
        table = cell_table(summary)
        mass = np.bincount(cells, weight, minlength=9)
        per_head = np.divide(mass, np.bincount(cells, minlength=9), out=np.zeros(9), where=mass > 0)
        seen = [(table.whole[j], np.ones(9, dtype=bool))]
        for g, cell in enumerate(table.cells[j]):
            seen.append((cell.figure, table.hidden[groups, j] if cell.source == "pooled" else groups == g))
        for figure, among in seen:
            if figure is not None:
                percent = whole_percent(figure.unmet)
                row = np.where(among, per_head, 0.0) / mass[among].sum()
                yield row, (percent - 0.5) / 100 - 1e-9, (percent + 0.5) / 100 + 1e-9


SHARED = np.where(np.arange(106) % 2 == 0, 0.7, 1.4)
OWN = np.where(np.arange(106) < 6, 2.5, 1.0)


def test_a_small_group_with_a_weight_of_its_own_may_not_be_seen_both_with_and_without_it() -> None:
    answers, kind = by_weight(OWN)
    refused = weigh(answers, Choice("none"), ())
    assert isinstance(refused, tuple) and [one.code for one in refused] == ["weights_tell_group"]
    # The refusal is needed: the two pages would pin what the six answered.
    n = np.bincount(answers.segment * 3 + kind, minlength=9).astype(float)
    pinned = [span(list(told_by(answers, kind, j)), n, np.arange(9) < 3) for j in range(len(STATEMENTS))]
    assert min(high - low for low, high in pinned) <= 1


def test_a_small_group_that_shares_its_weights_stays_hidden_with_and_without_them() -> None:
    answers, kind = by_weight(SHARED)
    assert isinstance(weigh(answers, Choice("none"), ()), Weighed)
    cells = answers.segment * 3 + kind
    n = np.bincount(cells, minlength=9).astype(float)
    for j in range(len(STATEMENTS)):
        k = np.bincount(cells, answers.likelihood[:, j] == 1, minlength=9)
        low, high = 0.0, 0.0
        for one in range(2):
            lacking = k[one] + k[3 + one]
            low += max(0.0, lacking - n[3 + one])
            high += min(n[one], lacking)
        found = span(list(told_by(answers, kind, j)), n, np.arange(9) < 3)
        assert found[0] <= low and found[1] >= high and high - low >= 4


# --- Pages and files -------------------------------------------------------------------------------------------------

CHOICES: tuple[dict[str, str], ...] = (
    {"segments": "population", "factors": "equal"},
    {"segments": "equal", "factors": "per_statement"},
    {"segments": "own", "segment-innvandrere": "1", "factors": "equal"},
    {"segments": "own", "segment-innvandrere": "2", "segment-unge": "1", "segment-voksne": "5", "factors": "equal"},
)


def read_all(app: Flask, client: FlaskClient, database: Database, plan_id: str, other: str) -> dict[str, str]:
    """Every page and file of a plan, by every choice of weights; a plan is tried and kept by each.

    other: a plan with an earlier survey.
    """
    read: dict[str, str] = {}

    def get(path: str, name: str = "") -> None:
        response = client.get(f"/plans/{plan_id}/{path}", headers={"Accept-Language": "nb"})
        assert response.status_code == 200, path
        read[name or path] = text_of(response.data)

    get("survey")
    groups = ["", *(segment.id for segment in gap_survey.SEGMENTS)]
    for number, choice in enumerate(CHOICES):
        posted = client.post(f"/plans/{plan_id}/gaps/weights", data={**choice, "version": str(number)})
        assert posted.status_code == 303
        for group in groups:
            for view in ("rows", "map"):
                get(f"gaps?view={view}&group={group}", f"gaps {number} {view} {group}")
        for asked in ("view=groups", "strict=1"):
            get(f"gaps?{asked}", f"gaps {number} {asked}")
        keep_plan(app, database, plan_id, f"Plan {number}")
        get("portfolio", f"portfolio {number}")
        get("initiatives", f"initiatives {number}")
        kept = number + 1
        get(f"portfolio/kept/{kept}/problem.json")
        get(f"report?number={kept}")
        get(f"report/{kept}/saksframlegg.docx")
        get(f"report/{kept}/saksframlegg.pdf")
        get(f"report/{kept}/handlingsdel.xlsx")
        if not number:
            job = kept_reasons.ask(database, plan_id, kept)
            assert job
            explain(database, job)
        get(f"report/{kept}/vedlegg.html")
        get(f"followup/survey?before={other}", f"followup {number}")
    return read


def test_no_page_and_no_file_changes_when_answers_move_between_hidden_groups(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    answers = gap_survey.answers()
    moved = next(movements(answers, None))
    made = []

    def begun(name: str) -> str:
        response = client.post("/plans", data={"name": name, "municipality": "Prøvevik"})
        return response.headers["Location"].split("/")[2]

    other = begun("I fjor")
    gap_survey.keep(database, other)
    plans = (begun("Bolyst"), begun("Bolyst"))
    for plan_id, one in zip(plans, (answers, moved), strict=True):
        portfolio_case.make(database, plan_id)
        gap_survey.keep(database, plan_id, summarise(one))
    for plan_id in plans:
        read = read_all(app, client, database, plan_id, other)
        made.append({name: text.replace(plans[0], "").replace(plans[1], "") for name, text in read.items()})
    assert sum(len(text) for text in made[0].values()) > 500_000
    for name, text in made[0].items():
        assert made[1][name] == text, name
