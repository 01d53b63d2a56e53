"""What stands in the left third of «Prioritering», field by field? The frame, as saved or as just typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner import notation, wording
from planner.domain.findings import Finding
from planner.domain.freed import freed_by_year
from planner.domain.initiatives import Amount
from planner.domain.question import question_findings
from planner.domain.settings import BREADTH, UNITS, count_field, floor_field, limit_field, limits_field, wish_field
from planner.domain.settings_typed import Form, as_typed
from planner.services.portfolio_ground import Ground
from planner.services.portfolio_relief import FIELD as RELIEF
from planner.wording import portfolio as plan_words
from planner.wording import portfolio_frame as words
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class Field:
    """label: what it is read out as. value: what stands in it. error: the sentence under it, or nothing."""

    name: str
    label: str
    value: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """fields: one a plan year. freed: what is added each year, as text; empty where nothing is."""

    name: str
    unit: str
    fields: tuple[Field, ...]
    freed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreadthRow:
    """One bli-faktor, or one segment: the least share of its need, and for a factor the least number of initiatives."""

    name: str
    floor: Field
    count: Field | None

    @property
    def fields(self) -> tuple[Field, ...]:
        return (self.floor,) if self.count is None else (self.floor, self.count)


@dataclass(frozen=True, slots=True)
class WishRow:
    """One initiative and what is decided about it. choice, earliest, latest: as in the fields of these names."""

    code: str
    title: str
    choice: str
    earliest: str
    latest: str
    error: str
    names: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that somebody else has saved differently while this page was open."""

    label: str
    typed: str
    saved: str


@dataclass(frozen=True, slots=True)
class FrameView:
    version: int
    years: tuple[int, ...]
    first_year: Field
    resources: tuple[ResourceRow, ...]
    reserve: Field
    breadth: tuple[BreadthRow, ...]
    breadth_open: bool
    follows: bool
    effect_years: tuple[tuple[int, bool], ...]
    wishes: tuple[WishRow, ...]
    wishes_open: bool
    wished: str
    freed_titles: tuple[str, ...]
    findings: tuple[wording.Sentence, ...]
    conflict: bool
    changes: tuple[Change, ...]
    ready: bool


def frame_view(there: Ground, form: Form, findings: Sequence[Finding], conflict: bool) -> FrameView:
    """form: what was typed and could not be used; {} shows what is saved."""
    settings = there.settings
    segments = [segment.id for segment in there.segments]
    saved = as_typed(settings, notation.compact, there.codes, segments)
    fields = _Fields({**saved, **form}, {f.where: wording.finding(f).what for f in findings if f.severity == "error"})
    labels = _labels(there)
    wishes = tuple(fields.wish(c.code, c.title) for c in there.candidates if c.started is None)
    breadth = _breadth(there, fields, labels)
    said = sum(settings.wish(code).says_something for code in there.codes)
    return FrameView(
        version=there.version,
        years=settings.years,
        first_year=fields.field("first_year", labels["first_year"]),
        resources=_resources(there, fields, labels),
        reserve=fields.field("reserve", labels["reserve"]),
        breadth=breadth,
        breadth_open=any(field.value or field.error for row in breadth for field in row.fields),
        follows="follows" in form if "boxes" in form else settings.follows,
        effect_years=tuple((years, str(years) == fields.values["effect_years"]) for years in _effect_years(there)),
        wishes=wishes,
        wishes_open=any(wish.error for wish in wishes),
        wished=words.wished(said),
        freed_titles=tuple(row.title for row in there.freed if row.counted),
        findings=_sentences(there, findings, labels),
        conflict=conflict,
        changes=tuple(
            Change(labels[name], words.shown(form[name]), words.shown(saved[name]))
            for name in saved
            if conflict and name in form and form[name].strip() != saved[name]
        ),
        ready=not there.lacks,
    )


def _sentences(there: Ground, findings: Sequence[Finding], labels: Mapping[str, str]) -> tuple[wording.Sentence, ...]:
    """What was wrong with the form, what is lacking, and what in the saved frame is probably not meant."""
    saved = () if findings else question_findings(there.candidates, there.freed, there.settings)
    about_frame = [f for f in findings if f.where in labels or f.where == RELIEF]
    told = dict.fromkeys((*there.lacks, *about_frame, *saved))
    return tuple(replace(wording.finding(one), where=labels.get(one.where, "")) for one in told)


def _breadth(there: Ground, fields: "_Fields", labels: Mapping[str, str]) -> tuple[BreadthRow, ...]:
    rows = []
    for factor in BREADTH:
        floor, count = floor_field("factor", factor), count_field(factor)
        both = fields.field(floor, labels[floor]), fields.field(count, labels[count])
        rows.append(BreadthRow(names.factor(factor), *both))
    for segment in there.segments:
        floor = floor_field("segment", segment.id)
        rows.append(BreadthRow(names.segment(segment), fields.field(floor, labels[floor]), None))
    return tuple(rows)


def _effect_years(there: Ground) -> tuple[int, ...]:
    """Over the plan's own years, over ten, and whatever is saved."""
    return tuple(sorted({len(there.settings.years), 10, there.settings.effect_years}))


def _labels(there: Ground) -> Mapping[str, str]:
    """Field name -> what the field is called, read out alone."""
    labels = {name: words.field(name) for name in ("first_year", "reserve", "effect_years")}
    for resource in UNITS:
        labels[limits_field(resource)] = plan_words.resource(resource)
        for year in there.settings.years:
            labels[limit_field(resource, year)] = f"{plan_words.resource(resource)} {year}"
    for factor in BREADTH:
        labels[floor_field("factor", factor)] = words.least_share(names.factor(factor))
        labels[count_field(factor)] = words.least_count(names.factor(factor))
    for candidate in there.candidates:
        for part in ("choice", "earliest", "latest"):
            labels[wish_field(candidate.code, part)] = words.wish_part(f"{candidate.code} {candidate.title}", part)
    for segment in there.segments:
        labels[floor_field("segment", segment.id)] = words.least_share(names.segment(segment))
    return labels


def _resources(there: Ground, fields: "_Fields", labels: Mapping[str, str]) -> tuple[ResourceRow, ...]:
    freed = freed_by_year(there.freed, there.settings.years)
    rows = []
    for resource in UNITS:
        where = [limit_field(resource, year) for year in there.settings.years]
        rows.append(
            ResourceRow(
                plan_words.resource(resource),
                plan_words.unit(resource),
                tuple(fields.field(name, labels[name]) for name in where),
                _added(freed[resource]),
            )
        )
    return tuple(rows)


def _added(amounts: Sequence[Amount]) -> tuple[str, ...]:
    return tuple(f"+{notation.compact(amount)}" if amount else "" for amount in amounts) if any(amounts) else ()


@dataclass(frozen=True, slots=True)
class _Fields:
    """What stands in each field, and what is wrong with it."""

    values: Mapping[str, str]
    errors: Mapping[str, str]

    def field(self, name: str, label: str) -> Field:
        return Field(name, label, self.values.get(name, ""), self.errors.get(name, ""))

    def wish(self, code: str, title: str) -> WishRow:
        where = (wish_field(code, "choice"), wish_field(code, "earliest"), wish_field(code, "latest"))
        choice, earliest, latest = (self.values[name] for name in where)
        error = " ".join(self.errors[name] for name in where if name in self.errors)
        return WishRow(code, title, choice, earliest, latest, error, where)
