#!/usr/bin/env python3
"""Is a log from Målrett whole? Checks it with nothing but Python, apart from the program that wrote it.

    python3 verify_log.py log.json
    python3 verify_log.py log.json --head 4f1c...        the hash printed in a paper
    python3 verify_log.py log.json --decision decision.json

The log is a chain. Each entry holds the SHA-256 of the entry before it; its own hash is over its canonical form: JSON
with sorted keys and no spaces, in UTF-8 (RFC 8785). So an entry that was edited, removed, put in or moved is found, and
a tail that was cut off by the head stored with the log. Whoever makes the whole chain anew makes a whole chain, but
never one that holds the hash printed in a paper before: give that hash with --head. What people wrote lies beside the
chain, where it may be deleted; an entry holds only a salted hash of it.

Exit codes: 0 whole, 1 not whole, 2 no log of this form.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from typing import Any

FORMAT = "malrett-log/1"
EXITS = "exit codes: 0 whole, 1 not whole, 2 no log of this form"
BEGINNING = "0" * 64
KEYS = {"format", "plan", "sequence", "at", "what", "facts", "content", "previous"}


class NoLog(Exception):
    """The file cannot be read as a log."""


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def digest(value: Any) -> str:
    return sha256(canonical(value)).hexdigest()


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice would be read one way here and another way elsewhere."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NoLog("a key stands twice")
    return found


def whole_numbers_only(text: str) -> Any:
    raise NoLog("a number is not whole: " + text)


WHOLE: Any = {"parse_float": whole_numbers_only, "parse_constant": whole_numbers_only}


def load(name: str) -> Any:
    try:
        with open(name, "rb") as file:
            return json.loads(file.read().decode("utf-8"), object_pairs_hook=once, **WHOLE)
    except (OSError, ValueError, RecursionError) as error:
        raise NoLog(str(error)) from None


def trouble(log: Any) -> list[str]:
    """Everything that is wrong, a line each."""
    found = []
    previous, length = BEGINNING, 0
    entries, contents = log["entries"], log["contents"]
    for place, one in enumerate(entries, start=1):
        entry, stated = one["entry"], one["sha256"]
        length += 1
        if set(entry) != KEYS or entry["format"] != FORMAT or digest(entry) != stated:
            found.append(f"entry {place} was edited: its hash is another")
        elif entry["sequence"] != place:
            found.append(f"entry {entry['sequence']} stands in place {place}: something was removed, put in or moved")
        elif entry["plan"] != log["plan"]:
            found.append(f"entry {place} belongs to another plan")
        elif entry["previous"] != previous:
            found.append(f"entry {place} does not follow the one before it")
        elif str(place) in contents and digest(contents[str(place)]) != entry["content"]:
            found.append(f"what was written beside entry {place} is not what was written then")
        previous = stated
    for place in contents:
        if place not in {str(number) for number in range(1, length + 1)}:
            found.append(f"there is a text beside entry {place}, which is not there")
    head = log["head"]
    if head is None and entries:
        found.append("the log has no head")
    elif head is not None and (head["sequence"], head["sha256"]) != (length, previous):
        says = f"{head['sequence']} entries and ends with {head['sha256']}"
        found.append(f"the log says that it has {says}; it has {length} and ends with {previous}")
    return found


def printed(log: Any, head: str) -> Any:
    """The entry whose hash stands printed in a paper; None when the chain does not hold it."""
    wanted = "".join(head.lower().split())
    return next((one["entry"] for one in log["entries"] if one["sha256"] == wanted), None)


def decided(log: Any, document: str) -> Any:
    """The entry of a decision, by the hash of its file."""
    decisions = (one["entry"] for one in log["entries"] if one["entry"]["what"] == "decision")
    return next((entry for entry in decisions if entry["facts"].get("sha256") == document), None)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Is a log from Målrett whole?", epilog=EXITS)
    parser.add_argument("log", help="the log file")
    parser.add_argument("--head", help="the hash printed in a paper: it must be in the chain")
    parser.add_argument("--decision", help="the file of a decision, as it was downloaded: the log must tell of it")
    args = parser.parse_args(arguments)
    try:
        log = load(args.log)
        if log["format"] != FORMAT:
            raise NoLog("the format is another")
        found = trouble(log)
        if args.head and printed(log, args.head) is None:
            found.append("the hash of the paper is not in this chain: it was made anew, or cut before it")
        if args.decision:
            with open(args.decision, "rb") as file:
                if decided(log, sha256(file.read()).hexdigest()) is None:
                    found.append("the log does not tell of this decision")
    except (NoLog, KeyError, TypeError, AttributeError, OSError) as error:
        print(f"no log that can be read: {error}")
        return 2
    for line in found:
        print(line)
    if found:
        print("NOT WHOLE")
        return 1
    length = len(log["entries"])
    print(f"whole: {length} entries, the last hash is {log['head']['sha256'] if log['head'] else BEGINNING}")
    if args.head:
        since = length - printed(log, args.head)["sequence"]
        print(f"the hash of the paper is in the chain, with {since} entries after it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
