"""Guards of people in small groups, and of the one plan that is the best."""

from bench.guard import Edit, Guard, one
from bench.guards_kept import SCORE_KEY

PEOPLE: tuple[Guard, ...] = (
    one(
        "suppression",
        "what few people answered is shown, or can be had by subtraction",
        "planner/domain/suppression.py",
        "    return hidden\n",
        "    return set()\n",
        "tests/domain/test_suppression.py::test_one_hidden_group_takes_the_next_smallest_with_it",
        "tests/test_subtraction.py::test_nothing_shown_changes_when_answers_move_between_hidden_cells",
    ),
    one(
        "the next smallest with it",
        "a group that is held back is had by subtracting the others from all",
        "planner/domain/suppression.py",
        "    while hidden and len(hidden) < len(present) and not _may_show(pooled(histogram, hidden), least):\n",
        "    while False:\n",
        "tests/domain/test_suppression.py::test_one_hidden_group_takes_the_next_smallest_with_it",
        "tests/test_subtraction.py::test_reckoning_backwards_gives_no_more_than_the_hidden_groups_together",
    ),
    one(
        "order of free texts",
        "the place of a text tells whose row of the file it was",
        "planner/domain/comments.py",
        "    shuffle(kept)\n",
        "",
        "tests/web/test_survey_comments.py::test_kept_apart_without_what_tells_who_wrote_it",
    ),
    one(
        "order of rows",
        "the place of a score in the database tells which phone it came from",
        "planner/store/migrations/versions/0006_workshops.py",
        SCORE_KEY,
        SCORE_KEY.replace("False", "True"),
        "tests/store/test_workshop.py::test_after_a_round_rows_lie_in_the_order_of_keys_and_one_transaction_wrote_them",
    ),
    one(
        "a name for each score",
        "the rows of a workshop show which answers came from one phone",
        "planner/domain/workshop_keys.py",
        '    return seat_of(token, salt) if is_named else _derived(token, salt, "score",',
        '    return seat_of(token, salt) if round_ else _derived(token, salt, "score",',
        "tests/web/test_workshop_traces.py::test_while_people_score_no_row_tells_of_another",
    ),
    one(
        "deleted is gone",
        "what was deleted can be read in the database's file",
        "planner/store/database.py",
        '"secure_delete=ON"',
        '"secure_delete=OFF"',
        "tests/store/test_workshop.py::test_what_was_under_the_old_names_is_nowhere_in_the_files",
    ),
)
_NIGHT = "tests/test_upkeep.py::test_what_cannot_be_done_at_once_is_done_at_night_by_any_process"
PEOPLE += (
    one(
        "deleted is gone on PostgreSQL",
        "what was deleted can be read in the files of PostgreSQL's tables",
        "planner/store/rewriting.py",
        "VACUUM (FULL, VERBOSE)",
        "VACUUM (VERBOSE)",
        "tests/test_upkeep.py::test_a_small_table_is_written_anew_at_once",
        engine="postgresql",
    ),
    one(
        "who is let go is gone",
        "the address of somebody whose account was removed can be read in the database's file",
        "planner/services/people.py",
        '    database.scrub("account", "invitation", "membership", "signin")',
        "    pass",
        "tests/web/test_rights.py::test_who_is_let_go_is_in_no_file",
    ),
    one(
        "what is owed outlives the day",
        "what could not be written over at once is forgotten",
        "planner/store/database.py",
        "            rewriting.owe(self._engine, tables, datetime.now(UTC))\n",
        "",
        _NIGHT,
        engine="postgresql",
    ),
    one(
        "large tables wait for the night",
        "a room waits while a table of all municipalities is written anew",
        "planner/store/rewriting.py",
        " and (largest is None or size <= largest)\n",
        "\n",
        _NIGHT,
        engine="postgresql",
    ),
)
_TIES = "planner/domain/tie_order.py"
_EQUALS = (
    "tests/domain/test_solver.py::test_equals_are_told_apart_by_cost_then_staff_then_number_then_lowest_id_then_year"
)
_FEWEST = "tests/domain/test_solver.py::test_of_equals_the_fewest_initiatives_are_chosen_and_then_the_earliest_years"

PLAN = (
    one(
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
    one(
        "chain of the log",
        "what was done is changed afterwards without being seen",
        "planner/domain/log_chain.py",
        "        elif entry.previous != before.sha256:\n",
        "        elif False:\n",
        "tests/domain/test_log_chain.py::test_each_way_of_tampering_is_found",
    ),
)
