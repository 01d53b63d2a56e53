"""The chain by hand: every way of tampering is found, and a text may go without breaking it."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from planner.domain.log_chain import BEGINNING, Chain, Content, Entry, Head, Link, document, findings, follow, read

AT = "2026-11-26T02:10:00Z"
NAME = Content("5a" * 32, {"name": "Forslag på Ørland"})


def chain(length: int = 4) -> Chain:
    """Entries 1 to `length`; the second has a text beside it."""
    head: Head | None = None
    links = []
    for number in range(1, length + 1):
        entry = follow("plan", head, AT, "frame_changed", {"version": number}, NAME if number == 2 else None)
        head = Head(entry.sequence, entry.sha256)
        links.append(Link(entry.sequence, entry.text, entry.sha256))
    return Chain("plan", tuple(links), head, {2: NAME} if length > 1 else {})


def codes(chain: Chain) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in findings(chain)]


def test_an_entry_is_canonical_text_that_can_be_redone_by_hand() -> None:
    entry = follow("p1", None, AT, "plan_kept", {"number": 1})
    assert entry.text == (
        '{"at":"2026-11-26T02:10:00Z","content":null,"facts":{"number":1},"format":"malrett-log/1","plan":"p1",'
        f'"previous":"{BEGINNING}","sequence":1,"what":"plan_kept"}}'
    )
    assert entry.sha256 == sha256(entry.text.encode()).hexdigest()
    assert read(entry.text) == entry
    assert (
        NAME.commitment
        == sha256(('{"content":{"name":"Forslag på Ørland"},"salt":"' + "5a" * 32 + '"}').encode()).hexdigest()
    )


def test_a_whole_chain_has_no_findings() -> None:
    assert codes(chain()) == []
    assert codes(Chain("plan", (), None, {})) == []


def test_deleting_what_people_wrote_leaves_the_chain_whole_and_tells_nothing() -> None:
    left = replace(chain(), contents={})
    assert codes(left) == []
    assert "Ørland" not in json.dumps(document(left), ensure_ascii=False)


def _edited(there: Chain) -> Chain:
    entry = read(there.links[2].text)
    assert entry is not None
    text = replace(entry, facts={"version": 9}).text
    return replace(there, links=(*there.links[:2], replace(there.links[2], text=text), there.links[3]))


def _edited_with_its_hash(there: Chain) -> Chain:
    entry = read(there.links[2].text)
    assert entry is not None
    other = replace(entry, facts={"version": 9})
    return replace(there, links=(*there.links[:2], Link(3, other.text, other.sha256), there.links[3]))


def _removed(there: Chain) -> Chain:
    return replace(there, links=(*there.links[:2], there.links[3]))


def _removed_and_renumbered(there: Chain) -> Chain:
    last = read(there.links[3].text)
    assert last is not None
    moved = replace(last, sequence=3)
    return replace(there, links=(*there.links[:2], Link(3, moved.text, moved.sha256)))


def _put_in(there: Chain) -> Chain:
    extra = follow("plan", Head(2, there.links[1].sha256), AT, "started")
    return replace(there, links=(*there.links[:2], Link(3, extra.text, extra.sha256), *there.links[2:]))


def _swapped(there: Chain) -> Chain:
    one, two, three, four = there.links
    return replace(there, links=(one, three, two, four))


def _cut(there: Chain) -> Chain:
    return replace(there, links=there.links[:3])


def _emptied(there: Chain) -> Chain:
    return replace(there, links=(), contents={})


def _without_head(there: Chain) -> Chain:
    return replace(there, head=None)


def _other_words(there: Chain) -> Chain:
    return replace(there, contents={2: replace(NAME, words={"name": "Noe annet"})})


def _words_put_in(there: Chain) -> Chain:
    return replace(there, contents={**there.contents, 3: NAME})


def _words_of_nothing(there: Chain) -> Chain:
    return replace(there, contents={**there.contents, 9: NAME})


def _of_another_plan(there: Chain) -> Chain:
    return replace(there, plan="another")


TAMPERING = {
    _edited: ("log_edited", "3"),
    _edited_with_its_hash: ("log_broken_link", "4"),
    _removed: ("log_out_of_place", "4"),
    _removed_and_renumbered: ("log_broken_link", "3"),
    _put_in: ("log_out_of_place", "3"),
    _swapped: ("log_out_of_place", "3"),
    _cut: ("log_cut", ""),
    _emptied: ("log_cut", ""),
    _without_head: ("log_no_head", ""),
    _other_words: ("log_content_changed", "2"),
    _words_put_in: ("log_content_changed", "3"),
    _words_of_nothing: ("log_content_stray", "9"),
    _of_another_plan: ("log_out_of_place", "1"),
}


@pytest.mark.parametrize("tamper", TAMPERING)
def test_each_way_of_tampering_is_found(tamper: object) -> None:
    assert TAMPERING[tamper] in codes(tamper(chain()))  # type: ignore[operator,index]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":"malrett-log/1"}', "null", "{", chain(1).links[0].text.replace(",", ", ")]
)
def test_what_is_not_an_entry_in_its_one_form_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("facts", [{"share": 0.5}, {"ø": 1}, {"of": b"x"}])
def test_what_other_programs_might_write_otherwise_has_no_place_in_an_entry(facts: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        follow("plan", None, AT, "x", facts).text  # type: ignore[arg-type]  # noqa: B018


def test_python_alone_writes_the_same_bytes() -> None:
    """What `verify_log.py` goes by: the form needs no library of ours."""
    awkward = '\u2028\x7f\x00\t"\\/ é 😀 \ud7ff \ue000'
    entry = Entry("plan", 7, AT, "x", {"b": True, "a": 2**53 - 1, "c": awkward}, None, BEGINNING)
    plain = json.dumps(json.loads(entry.text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert plain == entry.text
