"""Guards of what is kept: once, in the order it was said, and nothing that people wrote taken for more than text."""

from bench.guard import Edit, Guard, one

SCORE_KEY = """        sa.PrimaryKeyConstraint(
            "workshop_id", "round", "initiative", "statement", "voter", name=op.f("pk_workshop_score")
        ),
        sqlite_with_rowid=False,
"""

ONCE = (
    Guard(
        "UNIQUE: one score each",
        "an answer sent again counts twice",
        (
            Edit("planner/store/migrations/versions/0006_workshops.py", SCORE_KEY, ""),
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
    one(
        "late retry",
        "an old answer that comes late takes the place of a newer one",
        "planner/store/workshop_scores.py",
        "            where=adding.excluded.sequence > table.c.sequence,\n",
        "",
        "tests/store/test_workshop.py::test_a_late_retry_never_overtakes",
        "tests/store/test_workshop.py::test_in_whatever_order_they_come_the_highest_stands",
    ),
    one(
        "version of an initiative",
        "who saves last overwrites what they have not seen",
        "planner/store/initiatives.py",
        "    if (row and row.kind != kind) or expected not in (None, row.version if row else 0):\n",
        "    if row and row.kind != kind:\n",
        "tests/test_lost_updates.py::test_a_form_of_what_was_removed_does_not_touch_what_has_its_name_now",
    ),
    one(
        "version of a workshop",
        "of two who change a workshop the second undoes the first",
        "planner/store/workshop.py",
        "    if row is None or row.version != expected:\n",
        "    if row is None:\n",
        "tests/store/test_workshop.py::test_who_comes_second_changes_nothing",
    ),
    one(
        "version of a municipality",
        "of two who change a municipality's name the second undoes the first",
        "planner/store/people.py",
        "    if row.version != changed.version:\n        return False\n",
        "",
        "tests/web/test_rights.py::test_two_who_lead_do_not_overwrite_each_other",
    ),
    Guard(
        "work with the plan held",
        "two who ask for the same work start it twice, or of what another has just changed",
        (
            Edit(
                "planner/services/portfolio.py",
                "        plan_store.hold(session, plan_id)\n        there, tried = ground(",
                "        there, tried = ground(",
            ),
            Edit(
                "planner/services/scenarios_saved.py",
                "        plan_store.hold(session, plan_id)\n        found, busy = ",
                "        found, busy = ",
            ),
            Edit(
                "planner/services/looks.py",
                "        plan_store.hold(session, plan_id)\n        kept = store.find_kept(",
                "        kept = store.find_kept(",
            ),
        ),
        ("tests/test_lost_updates.py::test_who_asks_for_work_decides_by_what_another_was_about_to_commit",),
        "postgresql",
    ),
    one(
        "BEGIN IMMEDIATE",
        "two processes that write at once make one of them fail",
        "planner/store/database.py",
        '"BEGIN IMMEDIATE" if immediate else "BEGIN"',
        '"BEGIN"',
        "tests/store/test_database.py::test_two_programs_that_read_before_they_write_both_get_through",
    ),
    one(
        "sync",
        "an answer that was acknowledged is lost when the power goes",
        "planner/store/database.py",
        '"synchronous=FULL"',
        '"synchronous=OFF"',
        "tests/store/test_database.py::test_settings_that_keep_an_acknowledged_write",
    ),
    one(
        "turn of a job",
        "a worker that was only slow ends what another has begun again meanwhile",
        "planner/store/jobs.py",
        "    return running & (col(JobRow.begun) == turn.number)\n",
        "    return running\n",
        "tests/store/test_jobs.py::test_what_a_worker_says_counts_no_more_when_another_has_begun_the_job_again",
    ),
    one(
        "silence that was witnessed",
        "a process that starts, or was held up, takes the jobs of workers that are alive",
        "planner/job_keeper.py",
        "        return moment - self._since >= store.SILENT\n",
        "        return True\n",
        "tests/test_job_keeper.py::test_a_process_that_starts_leaves_others_jobs_alone",
        "tests/test_job_keeper.py::test_after_the_machine_slept_a_job_has_a_moment_to_be_heard_from",
    ),
    one(
        "a lost job is begun again once",
        "a job that ends its worker ends one worker after the other",
        "planner/store/jobs.py",
        "    ends = (col(JobRow.lost) >= MOST_LOST) | col",
        "    ends = col",
        "tests/store/test_jobs.py::test_only_the_silent_are_taken_over_and_wait_again_once",
    ),
)

TEXT = (
    one(
        "escaping",
        "what people write runs in others' browsers",
        "planner/web/pages.py",
        '    return type(value)(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else value\n',
        '    return Markup(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else value\n',
        "tests/web/test_plans.py::test_names_are_text_and_never_markup",
    ),
    one(
        "policy",
        "a page runs scripts that stand in it",
        "planner/web/headers.py",
        "        \"script-src 'self'\",\n",
        "        \"script-src 'self' 'unsafe-inline'\",\n",
        "tests/web/test_headers.py::test_every_answer_says_what_the_browser_must_not_do",
    ),
    one(
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
    one(
        "Word templates",
        "a municipality's template runs or fetches something in whoever opens it",
        "planner/files/saksframlegg_template.py",
        "    if found:\n        return found\n    try:\n",
        "    try:\n",
        "tests/files/test_saksframlegg_template.py::test_a_file_that_could_do_something_is_refused",
    ),
    one(
        "names in a backup",
        "a crafted backup brings parts that its manifest does not name",
        "planner/files/backup.py",
        "            self._hold_names()\n",
        "",
        "tests/store/test_backup.py::test_a_crafted_file_is_refused_before_anything_is_touched",
    ),
    one(
        "sums of a backup",
        "a damaged backup is put back",
        "planner/files/backup.py",
        "        if (found.hexdigest(), rows) != (table.sha256, table.rows):\n",
        "        if False:\n",
        "tests/store/test_backup.py::test_a_crafted_file_is_refused_before_anything_is_touched",
    ),
    one(
        "the text of an error",
        "what people wrote stands in the log, in the text of an error",
        "planner/logs.py",
        "            line += f\" ({' < '.join(_kinds(record.exc_info[1]))})\"\n",
        '            line += f" ({record.exc_info[1]!r})"\n',
        "tests/web/test_watching.py::test_the_text_of_an_error_is_written_nowhere",
    ),
    one(
        "queue",
        "whoever can write to the queue has the workers run something of theirs",
        "planner/job_queue.py",
        '    options: dict[str, Any] = {"results": False, "serializer": _Plain()}\n',
        '    options: dict[str, Any] = {"results": False}\n',
        "tests/test_job_queue.py::test_nothing_that_lies_in_the_queue_is_ever_run",
    ),
)
