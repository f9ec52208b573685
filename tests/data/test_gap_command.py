"""``python -m data gap``: every deed, its exit status and what it prints."""

from __future__ import annotations

import json
from datetime import date

import pytest

from data.__main__ import main
from tests.data.world import rows

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status, and what was printed."""
    status = main(["gap", *arguments])
    told = capsys.readouterr()
    return status, (told.out + told.err).strip()


def test_a_gap_from_its_entry_to_its_history(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    some = ("--set", "severity=3", "--set", "opened_on=2026-03-01", "--set", "target=1.5")
    assert run(capsys, "add", "Slow statement", "Respond", *some) == (0, "Gap G-01 is entered.")
    assert run(capsys, "edit", "g-01", "--set", "due_on=2026-04-01", "--version", "1") == (0, "Gap G-01 is edited.")
    stale = run(capsys, "edit", "G-01", "--set", "contact=a@b.example", "--version", "1")
    assert stale == (1, "local user changed it since you opened it. Look at both versions and decide.")
    for status in ("planned", "in_progress"):
        assert run(capsys, "move", "G-01", status) == (0, f"Gap G-01 is {status}.")
    assert run(capsys, "move", "G-01", "implemented")[0] == 1
    assert run(capsys, "move", "G-01", "implemented", "--set", "completed_on=2026-03-20")[0] == 0
    assert run(capsys, "move", "G-01", "open", "--reason", "Late again")[0] == 0
    assert rows("gap", "code", "status", "severity", "target", "due_on") == [("G-01", "open", 3, 1.5, date(2026, 4, 1))]
    _, told = run(capsys, "history", "G-01", "--json")
    last = json.loads(told)[0]
    assert (last["field"], last["before"], last["after"], last["reason"]) == (
        "status", "implemented", "open", "Late again",
    )  # fmt: skip


def test_what_is_refused(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "Slow statement", "Respond")
    for arguments, words in (
        (("move", "G-01", "in_progress"), "A gap that is open can't become in progress: from there it goes to planned or accepted."),
        (("edit", "G-01", "--set", "colour"), "“colour” is not FIELD=VALUE."),
        (("edit", "G-09", "--set", "title=x"), "There is no gap “G-09”."),
        (("history", "G-09"), "There is no gap “G-09”."),
        (("add", "Other", "Respond", "--code", "G-01"), "The code “G-01” is taken."),
    ):  # fmt: skip
        assert run(capsys, *arguments) == (1, words)
