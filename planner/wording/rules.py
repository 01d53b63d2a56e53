"""What does each rule of a plan say? One sentence for each kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from planner import notation
from planner.domain.rules import Follows, Rule
from planner.wording.gaps import listed
from planner.wording.statements import factor

Name = Callable[[str], str]
"""An initiative's id -> how it is called."""


def rule(one: Rule, name: Name, segment: Name) -> str:
    """A rule as a sentence. segment: a segment's id -> its name."""
    said = one.as_json()
    if one.kind == "need_floor":
        return _floor(said, segment)
    of = listed([name(code) for code in said.get("of", ())])
    if one.kind == "follows":
        return _(
            "%(initiative)s kan først starte når noe er i gang innen %(themes)s.",
            initiative=name(said["initiative"]),
            themes=listed([factor(theme).lower() for theme in said["themes"]]),
        )
    if one.kind in ("at_least", "at_most"):
        return _count(said, of)
    initiative = name(said["initiative"]) if "initiative" in said else ""
    return {
        "must": lambda: _must(initiative, said.get("year")),
        "must_not": lambda: _("%(initiative)s skal ikke med.", initiative=initiative),
        "requires_all": lambda: _(
            "%(initiative)s kan først starte når %(of)s har startet.", initiative=initiative, of=of
        ),
        "requires_any": lambda: _(
            "%(initiative)s kan først starte når minst ett av disse har startet: %(of)s.", initiative=initiative, of=of
        ),
        "excludes": lambda: _("Høyst ett av disse kan være med: %(of)s.", of=of),
        "together": lambda: _("Disse er med alle eller ingen: %(of)s.", of=of),
    }[one.kind]()


def follow(alike: Sequence[Follows]) -> str:
    """Several that must follow the same themes, in one sentence."""
    return _(
        "Disse kan først starte når noe er i gang innen %(themes)s: %(which)s.",
        themes=listed([factor(theme).lower() for theme in alike[0].themes]),
        which=listed([one.initiative for one in alike]),
    )


def _must(initiative: str, year: int | None) -> str:
    if year is None:
        return _("%(initiative)s må med.", initiative=initiative)
    return _("%(initiative)s må med og starte i %(year)s.", initiative=initiative, year=year)


def _count(said: Mapping[str, Any], of: str) -> str:
    among = factor(said["theme"]).lower() if "theme" in said else of
    if said["kind"] == "at_least":
        return ngettext(
            "Minst %(n)s tiltak innen %(among)s.",
            "Minst %(n)s tiltak innen %(among)s.",
            said["count"],
            n=notation.number(said["count"]),
            among=among,
        )
    return ngettext(
        "Høyst %(n)s tiltak innen %(among)s.",
        "Høyst %(n)s tiltak innen %(among)s.",
        said["count"],
        n=notation.number(said["count"]),
        among=among,
    )


def _floor(said: Mapping[str, Any], segment: Name) -> str:
    share = notation.percent(said["share"])
    if "factor" in said:
        return _(
            "Minst %(share)s av behovet innen %(among)s skal lukkes.", share=share, among=factor(said["factor"]).lower()
        )
    if "segment" in said:
        return _(
            "Minst %(share)s av behovet hos %(among)s skal lukkes.", share=share, among=segment(said["segment"]).lower()
        )
    return _("Minst %(share)s av behovet i %(among)s skal lukkes.", share=share, among=listed(said["of"]))
