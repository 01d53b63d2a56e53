"""Which weights did a person choose? From the form to `SegmentWeights` and `FactorWeights`, each finding at its field.

Own numbers are read only where «own» is chosen, and people per group only where «population» is: a number left standing
in a field of another choice does no harm and is not lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from planner.domain.findings import Finding
from planner.domain.priorities import FactorChoice, FactorWeights, SegmentChoice, SegmentWeights
from planner.domain.typed import LONGEST, Unreadable, number

Form = Mapping[str, str]
LARGEST = 10_000_000  # more than the people of any municipality


@dataclass(frozen=True, slots=True)
class TypedWeights:
    """Both are None when something must be mended first; `findings` then says what, `where` being the field."""

    segments: SegmentWeights | None
    factors: FactorWeights | None
    findings: tuple[Finding, ...]


def people_field(segment: str) -> str:
    return f"people-{segment}"


def segment_field(segment: str) -> str:
    return f"segment-{segment}"


def factor_field(factor: str) -> str:
    return f"factor-{factor}"


def read_weights(form: Form, segments: Sequence[str], factors: Sequence[str]) -> TypedWeights:
    """form: field name → what was typed, `segments` and `factors` for the choices. segments, factors: ids."""
    findings: list[Finding] = []
    by_segment, by_factor = form.get("segments", ""), form.get("factors", "")
    for field, choice, known in (
        ("segments", by_segment, get_args(SegmentChoice)),
        ("factors", by_factor, get_args(FactorChoice)),
    ):
        if choice not in known:
            findings.append(Finding("weight_choice_unknown", where=field))
    segment_values: dict[str, float] = {}
    factor_values: dict[str, float] = {}
    if by_segment == "own":
        segment_values = own_numbers(form, {segment: segment_field(segment) for segment in segments}, findings)
    elif by_segment == "population":
        segment_values = _people(form, {segment: people_field(segment) for segment in segments}, findings)
    if by_factor == "own":
        factor_values = own_numbers(form, {factor: factor_field(factor) for factor in factors}, findings)
    if findings:
        return TypedWeights(None, None, tuple(findings))
    return TypedWeights(
        SegmentWeights(cast(SegmentChoice, by_segment), tuple(segment_values.items())),
        FactorWeights(cast(FactorChoice, by_factor), tuple(factor_values.items())),
        (),
    )


def own_numbers(form: Form, fields: Mapping[str, str], findings: list[Finding]) -> dict[str, float]:
    """An empty field is 0: «this does not count»."""
    before = len(findings)
    values = {id_: _number(form, field, findings) or 0.0 for id_, field in fields.items()}
    if len(findings) == before and not any(values.values()):
        findings.append(Finding("weights_all_zero", where=next(iter(fields.values()), "")))
    return values


def _people(form: Form, fields: Mapping[str, str], findings: list[Finding]) -> dict[str, float]:
    """All or none: a group without a number would otherwise count nothing."""
    before = len(findings)
    read = {id_: _number(form, field, findings) for id_, field in fields.items()}
    if len(findings) > before or all(value is None for value in read.values()):
        return {}
    missing = [fields[id_] for id_, value in read.items() if value is None]
    findings += [Finding("population_half_filled", where=field) for field in missing]
    values = {id_: value for id_, value in read.items() if value is not None}
    if not missing and not any(values.values()):
        findings.append(Finding("weights_all_zero", where=next(iter(fields.values()))))
    return values


def _number(form: Form, field: str, findings: list[Finding]) -> float | None:
    text = form.get(field, "")
    try:
        value = number(text)
    except Unreadable:
        findings.append(Finding("weight_not_a_number", where=field, details={"text": text[:LONGEST]}))
        return None
    if value is None:
        return None
    if value < 0:
        findings.append(Finding("weight_negative", where=field, details={"text": text[:LONGEST]}))
    elif value > LARGEST:
        findings.append(Finding("weight_too_large", where=field, details={"most": LARGEST}))
    return float(value)
