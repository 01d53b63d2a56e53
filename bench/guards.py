"""Does a test fail when a guard is taken away? Each in turn, in a copy of the source; nothing here is changed.

    python -m bench.guards [NAME …]       all of them, or those whose name holds one of the words
    python -m bench.guards --list         what there is, as the table of docs/guards.md begins

First the tests named here must all pass on the source as it is. Then each guard is removed by a small edit of the
text; its tests must fail, and the edit is undone. An edit that no longer fits the source, a test that is not there and
a run that breaks down before any test are errors too. Prints a table; 1 when a guard's removal leaves all tests green.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("planner", "templates", "static", "seed_data", "tests", "bench", "docs", "pyproject.toml", "README.md", "run")
TESTS_FAILED = 1  # pytest's own word for it; 2 to 5 are runs that broke down


@dataclass(frozen=True, slots=True)
class Edit:
    """old stands exactly once in the file."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Guard:
    """keeps: what it keeps from happening. tests: by path and name. engine: which database they run on."""

    name: str
    keeps: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    engine: str = "sqlite"


def _one(name: str, keeps: str, file: str, old: str, new: str, *tests: str, engine: str = "sqlite") -> Guard:
    return Guard(name, keeps, (Edit(file, old, new),), tests, engine)


_SCORE_KEY = """        sa.PrimaryKeyConstraint(
            "workshop_id", "round", "initiative", "statement", "voter", name=op.f("pk_workshop_score")
        ),
        sqlite_with_rowid=False,
"""

ONCE = (
    Guard(
        "UNIQUE: one score each",
        "an answer sent again counts twice",
        (
            Edit("planner/store/migrations/versions/0006_workshops.py", _SCORE_KEY, ""),
            Edit(
                "planner/store/workshop_scores.py",
                "        adding.on_conflict_do_update(\n            index_elements=list(key),\n"
                "            set_={name: adding.excluded[name] for name in said},\n"
                "            where=adding.excluded.sequence > table.c.sequence,\n        )\n",
                "        adding\n",
            ),
        ),
        (
            "tests/store/test_workshop.py::test_many_identical_at_once_leave_one_row_each",
            "tests/web/test_workshop_faults.py::test_fifty_identical_posts_at_once_leave_one_row",
        ),
    ),
    _one(
        "late retry",
        "an old answer that comes late takes the place of a newer one",
        "planner/store/workshop_scores.py",
        "            where=adding.excluded.sequence > table.c.sequence,\n",
        "",
        "tests/store/test_workshop.py::test_a_late_retry_never_overtakes",
        "tests/store/test_workshop.py::test_in_whatever_order_they_come_the_highest_stands",
    ),
    _one(
        "version of an initiative",
        "who saves last overwrites what they have not seen",
        "planner/store/initiatives.py",
        "    if (row and row.kind != kind) or expected not in (None, row.version if row else 0):\n",
        "    if row and row.kind != kind:\n",
        "tests/test_lost_updates.py::test_nothing_is_overwritten_by_somebody_who_has_not_seen_it",
        "tests/test_lost_updates.py::test_a_form_of_what_was_removed_does_not_touch_what_has_its_name_now",
    ),
    _one(
        "version of a workshop",
        "of two who change a workshop the second undoes the first",
        "planner/store/workshop.py",
        "    if row is None or row.version != expected:\n",
        "    if row is None:\n",
        "tests/store/test_workshop.py::test_who_comes_second_changes_nothing",
    ),
    _one(
        "version of a municipality",
        "of two who change a municipality's name the second undoes the first",
        "planner/store/people.py",
        "    if row.version != changed.version:\n        return False\n",
        "",
        "tests/web/test_rights.py::test_two_who_lead_do_not_overwrite_each_other",
    ),
    _one(
        "BEGIN IMMEDIATE",
        "two processes that write at once make one of them fail",
        "planner/store/database.py",
        '"BEGIN IMMEDIATE" if immediate else "BEGIN"',
        '"BEGIN"',
        "tests/store/test_database.py::test_two_programs_that_read_before_they_write_both_get_through",
    ),
    _one(
        "sync",
        "an answer that was acknowledged is lost when the power goes",
        "planner/store/database.py",
        '"synchronous=FULL"',
        '"synchronous=OFF"',
        "tests/store/test_database.py::test_settings_that_keep_an_acknowledged_write",
    ),
)
ACCESS = (
    _one(
        "CSRF token",
        "a page of another site has one's browser change something",
        "planner/app.py",
        "        WTF_CSRF_TIME_LIMIT=None,\n",
        "        WTF_CSRF_TIME_LIMIT=None,\n        WTF_CSRF_CHECK_DEFAULT=False,\n",
        "tests/web/test_access.py::test_nothing_is_changed_by_a_form_of_another_site",
    ),
    _one(
        "Fetch-Metadata",
        "the same, with a token that was got hold of",
        "planner/web/foreign.py",
        "    if _is_foreign(request, secure=config.secure_cookies):\n",
        "    if False:\n",
        "tests/web/test_foreign.py::test_no_command_of_another_site_is_taken_even_with_our_token",
    ),
    _one(
        "Host of a local installation",
        "a name made to lead to this machine opens it to another site (DNS rebinding)",
        "planner/web/foreign.py",
        '    if config.access == "local" and not known and not _is_unguessable(sent):\n',
        "    if False:\n",
        "tests/web/test_foreign.py::test_without_login_a_name_that_strangers_can_point_here_is_refused",
    ),
    _one(
        "tenant filter",
        "whoever has signed in opens another municipality's plan by its address",
        "planner/web/access.py",
        "    if plan_is_gone():\n        abort(404)\n    if not found.may(least):\n",
        "    if not found.may(least):\n",
        "tests/web/test_rights.py::test_everybody_gets_what_the_matrix_says",
        "tests/web/test_rights.py::test_another_municipalitys_plan_and_no_plan_are_the_same_page",
    ),
    _one(
        "browser filter",
        "without signing in, one browser opens another's plan",
        "planner/web/access.py",
        "        g.owner = owner()\n        if plan_is_gone():\n            abort(404)\n",
        "        g.owner = owner()\n",
        "tests/web/test_access.py::test_a_stranger_and_nobody_meet_the_same_page",
    ),
    _one(
        "role",
        "who may only read changes things",
        "planner/web/access.py",
        "    if not found.may(least):\n",
        "    if False:\n",
        "tests/web/test_rights.py::test_everybody_gets_what_the_matrix_says",
    ),
    _one(
        "seat",
        "whoever knows a workshop's address answers without having come in",
        "planner/services/workshop_phone.py",
        '    if seat is None:\n        return None, _said(workshop, "nobody")\n',
        "",
        "tests/web/test_workshop.py::test_without_a_seat_nothing_is_said",
    ),
    _one(
        "wrong codes",
        "codes of workshops are guessed as fast as one likes",
        "planner/join_limits.py",
        "            return len(own) > OF_ONE\n",
        "            return False\n",
        "tests/web/test_workshop.py::test_two_hundred_from_one_address_get_in_and_wrong_codes_are_limited",
    ),
    _one(
        "wrong passwords",
        "passwords are guessed as fast as one likes",
        "planner/services/signin.py",
        "    if held:\n",
        "    if False:\n",
        "tests/web/test_rights.py::test_wrong_passwords_are_counted_and_whoever_is_in_stays",
    ),
    _one(
        "password",
        "any password opens an account",
        "planner/services/passwords.py",
        "            return _HASHER.verify(kept or _nobodys(), password) and bool(kept)\n",
        "            return bool(kept)\n",
        "tests/web/test_rights.py::test_wrong_passwords_are_counted_and_whoever_is_in_stays",
    ),
    _one(
        "signing out",
        "a copied cookie opens the account after signing out",
        "planner/services/signin.py",
        "            signins.sign_out(session, person.signin)\n",
        "            pass\n",
        "tests/web/test_rights.py::test_an_old_cookie_opens_nothing_after_signing_out_or_a_new_password",
    ),
    _one(
        "signing in ends",
        "a cookie opens the account for ever",
        "planner/services/signin.py",
        "        if signin is None or _is_over(signin, moment):\n",
        "        if signin is None:\n",
        "tests/web/test_rights.py::test_it_ends_by_itself",
    ),
    _one(
        "a link opens once",
        "an invitation that was used lets the next one in",
        "planner/services/invitation.py",
        "                store.put_member(session, municipality.id, account.id, invitation.role)\n"
        "        store.remove_invitation(session, invitation.token)\n",
        "                store.put_member(session, municipality.id, account.id, invitation.role)\n",
        "tests/web/test_rights.py::test_a_link_is_used_once_and_takes_over_no_account",
    ),
    _one(
        "a link takes over no account",
        "whoever invites an address gets the account that it has elsewhere",
        "planner/services/invitation.py",
        '        if view.asks in ("sign_in", "other"):\n            return view\n',
        "",
        "tests/web/test_rights.py::test_a_link_is_used_once_and_takes_over_no_account",
    ),
    _one(
        "the last who leads",
        "a municipality is left with nobody who may let people in",
        "planner/domain/people.py",
        '    return {member.account_id for member in members if member.role == "director"} == {account_id}\n',
        "    return False\n",
        "tests/web/test_rights.py::test_the_last_who_leads_stays",
    ),
    _one(
        "forwarded headers",
        "whoever asks says by a header where they ask from",
        "planner/addresses.py",
        "    if config.proxies:\n        inner = ProxyFix(inner, x_for=config.proxies, x_proto=config.proxies,",
        "    if True:\n        inner = ProxyFix(inner, x_for=1, x_proto=1,",
        "tests/test_addresses.py::test_neither_does_the_application_itself_when_another_server_hands_them_on",
    ),
    _one(
        "redirect",
        "a link to here leads on to another site",
        "planner/web/pages.py",
        '    return raw.startswith("/") and raw[1:2] not in ("/", "\\\\") and raw.isprintable()\n',
        "    return True\n",
        "tests/web/test_language.py::test_never_leaves_the_site",
    ),
)
TEXT = (
    _one(
        "escaping",
        "what people write runs in others' browsers",
        "planner/web/pages.py",
        '    return type(value)(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else value\n',
        '    return Markup(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else value\n',
        "tests/web/test_plans.py::test_names_are_text_and_never_markup",
    ),
    _one(
        "policy",
        "a page runs scripts that stand in it",
        "planner/web/headers.py",
        "        \"script-src 'self'\",\n",
        "        \"script-src 'self' 'unsafe-inline'\",\n",
        "tests/web/test_headers.py::test_every_answer_says_what_the_browser_must_not_do",
    ),
    _one(
        "no-store",
        "a page about a plan lies in a shared browser or a proxy",
        "planner/web/headers.py",
        '        response.headers["Cache-Control"] = "no-store"\n',
        "        pass\n",
        "tests/web/test_headers.py::test_no_page_about_anybody_is_kept_by_a_browser_or_a_proxy",
    ),
    Guard(
        "formulas in the workbook",
        "a title becomes a formula in the municipality's Excel",
        (
            Edit(
                "planner/files/handlingsdel.py",
                '"strings_to_formulas": False, "strings_to_urls": False, ',
                '"strings_to_formulas": True, "strings_to_urls": True, ',
            ),
            Edit("planner/files/handlingsdel.py", "self.page.write_string(at, place,", "self.page.write(at, place,"),
        ),
        ("tests/files/test_handlingsdel.py::test_nobodys_text_becomes_a_formula_or_a_link",),
    ),
    _one(
        "Word templates",
        "a municipality's template runs or fetches something in whoever opens it",
        "planner/files/saksframlegg_template.py",
        "    if found:\n        return found\n    try:\n",
        "    try:\n",
        "tests/files/test_saksframlegg_template.py::test_a_file_that_could_do_something_is_refused",
    ),
    _one(
        "names in a backup",
        "a crafted backup brings parts that its manifest does not name",
        "planner/files/backup.py",
        "            self._hold_names()\n",
        "",
        "tests/store/test_backup.py::test_a_crafted_file_is_refused_before_anything_is_touched",
    ),
    _one(
        "sums of a backup",
        "a damaged backup is put back",
        "planner/files/backup.py",
        "        if (found.hexdigest(), rows) != (table.sha256, table.rows):\n",
        "        if False:\n",
        "tests/store/test_backup.py::test_a_crafted_file_is_refused_before_anything_is_touched",
    ),
    _one(
        "queue",
        "whoever can write to the queue has the workers run something of theirs",
        "planner/job_queue.py",
        '    options: dict[str, Any] = {"results": False, "serializer": _Plain()}\n',
        '    options: dict[str, Any] = {"results": False}\n',
        "tests/test_job_queue.py::test_nothing_that_lies_in_the_queue_is_ever_run",
    ),
)
PEOPLE = (
    _one(
        "suppression",
        "what few people answered is shown, or can be had by subtraction",
        "planner/domain/suppression.py",
        "    return hidden\n",
        "    return set()\n",
        "tests/domain/test_suppression.py::test_one_hidden_group_takes_the_next_smallest_with_it",
        "tests/test_subtraction.py::test_nothing_shown_changes_when_answers_move_between_hidden_cells",
    ),
    _one(
        "the next smallest with it",
        "a group that is held back is had by subtracting the others from all",
        "planner/domain/suppression.py",
        "    while hidden and len(hidden) < len(present) and not _may_show(pooled(histogram, hidden), least):\n",
        "    while False:\n",
        "tests/domain/test_suppression.py::test_one_hidden_group_takes_the_next_smallest_with_it",
        "tests/test_subtraction.py::test_reckoning_backwards_gives_no_more_than_the_hidden_groups_together",
    ),
    _one(
        "order of free texts",
        "the place of a text tells whose row of the file it was",
        "planner/domain/comments.py",
        "    shuffle(kept)\n",
        "",
        "tests/web/test_survey_comments.py::test_kept_apart_without_what_tells_who_wrote_it",
    ),
    _one(
        "order of rows",
        "the place of a score in the database tells which phone it came from",
        "planner/store/migrations/versions/0006_workshops.py",
        _SCORE_KEY,
        _SCORE_KEY.replace("False", "True"),
        "tests/store/test_workshop.py::test_after_a_round_rows_lie_in_the_order_of_keys_and_one_transaction_wrote_them",
    ),
    _one(
        "a name for each score",
        "the rows of a workshop show which answers came from one phone",
        "planner/domain/workshop_keys.py",
        '    return seat_of(token, salt) if is_named else _derived(token, salt, "score",',
        '    return seat_of(token, salt) if round_ else _derived(token, salt, "score",',
        "tests/web/test_workshop_traces.py::test_while_people_score_no_row_tells_of_another",
    ),
    _one(
        "deleted is gone",
        "what was deleted can be read in the database's file",
        "planner/store/database.py",
        '"secure_delete=ON"',
        '"secure_delete=OFF"',
        "tests/store/test_workshop.py::test_what_was_under_the_old_names_is_nowhere_in_the_files",
    ),
)
_TIES = "planner/domain/tie_order.py"
_EQUALS = (
    "tests/domain/test_solver.py::test_equals_are_told_apart_by_cost_then_staff_then_number_then_lowest_id_then_year"
)
_FEWEST = "tests/domain/test_solver.py::test_of_equals_the_fewest_initiatives_are_chosen_and_then_the_earliest_years"
PLAN = (
    _one(
        "tie order: cost before staff",
        "of two plans as good, another is chosen than the paper says",
        _TIES,
        """        ("cost", [r for r in resources if r != STAFF]),
        ("staff", [r for r in resources if r == STAFF]),
""",
        """        ("staff", [r for r in resources if r == STAFF]),
        ("cost", [r for r in resources if r != STAFF]),
""",
        _EQUALS,
    ),
    Guard(
        "tie order: fewest",
        "the solver takes whichever of the equals it happened on",
        (
            Edit(_TIES, '    yield TieStage("count", every, _count)\n', ""),
            Edit(_TIES, "        len(plan.starts),\n", "        0,\n"),
        ),
        (_FEWEST,),
    ),
    Guard(
        "tie order: lowest id",
        "the same, of two that are as many",
        (
            Edit(_TIES, "        left_out[n, -1] = 1.0\n", "        left_out[n, -1] = 0.0\n"),
            Edit(_TIES, "    return lambda plan: int(one not in plan.starts)\n", "    return lambda plan: 0\n"),
            Edit(
                _TIES, "        left_out,\n        tuple(", "        tuple(-one for one in left_out),\n        tuple("
            ),
        ),
        (_EQUALS,),
    ),
    _one(
        "chain of the log",
        "what was done is changed afterwards without being seen",
        "planner/domain/log_chain.py",
        "        elif entry.previous != before.sha256:\n",
        "        elif False:\n",
        "tests/domain/test_log_chain.py::test_each_way_of_tampering_is_found",
    ),
)
GUARDS: tuple[Guard, ...] = (*ONCE, *ACCESS, *TEXT, *PEOPLE, *PLAN)


# --- Whether they still fit -------------------------------------------------------------------------------------------


def troubles(root: Path = ROOT) -> list[str]:
    """Edits that no longer fit, and tests that are not there."""
    found = [
        f"two guards are called {one.name}" for one in GUARDS if [each.name for each in GUARDS].count(one.name) > 1
    ]
    for guard in GUARDS:
        for edit in guard.edits:
            times = (root / edit.file).read_text(encoding="utf-8").count(edit.old)
            if times != 1:
                found.append(f"{guard.name}: its text stands {times} times in {edit.file}")
        for test in guard.tests:
            path, _, name = test.partition("::")
            source = (root / path).read_text(encoding="utf-8") if (root / path).exists() else ""
            if not re.search(rf"^def {re.escape(name)}\(", source, re.MULTILINE):
                found.append(f"{guard.name}: there is no {test}")
    return found


# --- Taking them away -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    guard: Guard
    code: int
    failed: tuple[str, ...]
    seconds: float
    printed: str

    @property
    def is_held(self) -> bool:
        """Whether its tests noticed."""
        return self.code == TESTS_FAILED and bool(self.failed)


class Copy:
    """The source in a folder of its own, where edits are made and undone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            source, goal = ROOT / part, folder / part
            if source.is_dir():
                shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, goal)
        self._later = time.time() + 10

    def without(self, guard: Guard) -> Outcome:
        before = {edit.file: (self.folder / edit.file).read_bytes() for edit in guard.edits}
        try:
            for edit in guard.edits:
                text = (self.folder / edit.file).read_text(encoding="utf-8")
                self._write(edit.file, text.replace(edit.old, edit.new).encode())
            return self.run(guard, guard.tests, guard.engine)
        finally:
            for file, content in before.items():
                self._write(file, content)

    def run(self, guard: Guard, tests: Sequence[str], engine: str) -> Outcome:
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", "--tb=no", "-rf"]
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        began = time.monotonic()
        done = subprocess.run(
            [*command, "--database", engine, *tests], cwd=self.folder, env=environment, capture_output=True, text=True
        )
        failed = tuple(dict.fromkeys(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", done.stdout, re.MULTILINE)))
        return Outcome(guard, done.returncode, failed, time.monotonic() - began, done.stdout + done.stderr)

    def _write(self, file: str, content: bytes) -> None:
        """With a time of its own, so that what was compiled of it before is not taken for it."""
        self._later += 2
        (self.folder / file).write_bytes(content)
        os.utime(self.folder / file, (self._later, self._later))


def as_it_is(copy: Copy, guards: Sequence[Guard]) -> list[str]:
    """What does not pass with every guard in its place."""
    wrong = []
    for engine in sorted({one.engine for one in guards}):
        tests = list(dict.fromkeys(test for one in guards if one.engine == engine for test in one.tests))
        done = copy.run(guards[0], tests, engine)
        if done.code:
            wrong.append(f"on {engine}, with nothing removed: {', '.join(done.failed) or done.printed[-2000:]}")
    return wrong


def _rows(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| Guard | What it keeps from happening | Tests that fail without it | Seconds |"
    yield "|---|---|---|---|"
    for one in outcomes:
        said = ", ".join(f"`{name}`" for name in one.failed) if one.is_held else f"**none** (pytest {one.code})"
        yield f"| {one.guard.name} | {one.guard.keeps} | {said} | {one.seconds:.0f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args(arguments)
    guards = [one for one in GUARDS if not asked.names or any(name in one.name for name in asked.names)]
    wrong = troubles()
    if asked.list or wrong or not guards:
        print("\n".join(wrong or [f"{one.name}: {one.keeps}" for one in guards]))
        return 1 if wrong or not guards else 0
    with tempfile.TemporaryDirectory(prefix="guards-") as folder:
        copy = Copy(Path(folder))
        wrong = as_it_is(copy, guards)
        outcomes = []
        for guard in guards if not wrong else ():
            outcomes.append(copy.without(guard))
            print(f"{'held' if outcomes[-1].is_held else 'NOT NOTICED'}  {guard.name}", file=sys.stderr, flush=True)
            if not outcomes[-1].is_held:
                print(outcomes[-1].printed[-1500:], file=sys.stderr)
        wrong += as_it_is(copy, guards) if outcomes else []  # each edit was undone
    print("\n".join([*_rows(outcomes), *wrong]))
    return 1 if wrong or not all(one.is_held for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
