"""From the choices of a form to a mapping: only what was posted changes, and what was never offered is refused."""

from planner.domain.findings import Finding
from planner.domain.mapping import ColumnUse, Mapping, Segment
from planner.domain.mapping_choices import Changed, Choices, apply_choices

IDS = frozenset({"s01", "s02"})
START = Mapping(
    (
        ColumnUse(0, "Natur", "importance", "s01"),
        ColumnUse(1, "Alder", "segment", values=(("16–29", "unge"),)),
        ColumnUse(2, "Merknad", "ignored"),
    )
)


def changed(choices: Choices, mapping: Mapping = START) -> Changed:
    result = apply_choices(mapping, choices, IDS)
    assert isinstance(result, Changed), result
    return result


def test_nothing_chosen_changes_nothing() -> None:
    assert changed(Choices()) == Changed(START, ())


def test_a_column_changes_role_and_statement_and_the_others_stay() -> None:
    uses = changed(Choices(columns={0: "likelihood:s02"})).mapping.columns
    assert uses == (ColumnUse(0, "Natur", "likelihood", "s02"), *START.columns[1:])


def test_a_new_group_column_is_fresh_and_an_old_one_forgets_its_cells_when_it_is_something_else() -> None:
    result = changed(Choices(columns={1: "margin", 2: "segment"}))
    assert result.fresh == (2,)
    assert [use.values for use in result.mapping.columns] == [(), (), ()]


def test_cells_are_placed_one_by_one_and_emptied_by_the_empty_choice() -> None:
    placed = changed(Choices(cells={(1, "30–49"): "voksne"})).mapping
    assert placed.columns[1].values == (("16–29", "unge"), ("30–49", "voksne"))
    assert changed(Choices(cells={(1, "16–29"): ""}), placed).mapping.columns[1].values == (("30–49", "voksne"),)


def test_cells_of_a_column_that_is_no_group_are_ignored() -> None:
    assert changed(Choices(cells={(0, "6"): "unge"})).mapping == START


def test_groups_keep_their_id_with_their_name_and_new_ones_get_one() -> None:
    mapping = changed(Choices(segments=("Unge", " Hytteeiere  i fjæra ", ""))).mapping
    assert mapping.segments == (Segment("unge", "Unge"), Segment("hytteeiere-i-fjæra", "Hytteeiere i fjæra"))
    assert mapping.default_segment == "hytteeiere-i-fjæra"


def test_a_group_that_is_gone_takes_its_cells_with_it() -> None:
    assert changed(Choices(segments=("Voksne",))).mapping.columns[1].values == ()


def test_the_rest_is_as_chosen() -> None:
    mapping = changed(Choices(default_segment="unge", missing=("8", "Husker ikke"), form="misprinted")).mapping
    assert (mapping.default_segment, mapping.declared_missing, mapping.form) == (
        "unge",
        ("8", "husker ikke"),
        "misprinted",
    )


def codes(choices: Choices) -> list[str]:
    result = apply_choices(START, choices, IDS)
    return [one.code for one in result if isinstance(one, Finding)] if isinstance(result, tuple) else []


def test_what_was_never_offered_is_refused() -> None:
    for choice in ("importance", "importance:s99", "weight:s01", "admin", ""):
        assert codes(Choices(columns={0: choice})) == ["choice_unknown"], choice
    assert codes(Choices(form="kanskje")) == ["choice_unknown"]
    assert codes(Choices(default_segment="ingen")) == ["choice_unknown"]


def test_groups_need_names_of_their_own_and_are_few() -> None:
    for names in ((), ("",), ("Unge", "unge"), ("!!",), tuple(f"g{n}" for n in range(9))):
        assert codes(Choices(segments=names)) == ["segments_unclear"], names
