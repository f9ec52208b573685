"""``python -m data crisis`` and ``event``: every deed, its exit status and what it prints."""

from __future__ import annotations

import json

import pytest

from data.__main__ import main
from data.tables import Crisis, CrisisRole, Event
from tests.data.world import rows

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status, and what was printed."""
    status = main(list(arguments))
    told = capsys.readouterr()
    return status, (told.out + told.err).strip()


def test_a_crisis_from_its_entry_to_its_history(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    zone = "timezone=Europe/Berlin"
    assert run(capsys, "crisis", "add", "A", "A thread", "--set", "started=2026-03-02 09:00", "--set", zone) == (
        0, "Crisis A is entered.",
    )  # fmt: skip
    assert run(capsys, "crisis", "add", "B", "A twin", "--set", "topics=thread, twin") == (0, "Crisis B is entered.")
    assert run(capsys, "event", "add", "A", "2026-03-02 10:00", "detected") == (0, "Event 1 is entered.")
    assert run(capsys, "event", "add", "B", "2026-03-02", "statement", "--set", "audience=public")[0] == 0
    _, told = run(capsys, "event", "list", "A", "--json")
    (event,) = json.loads(told)
    assert (event["event_id"], event["version"], event["earliest"]) == (1, 1, "2026-03-02T09:00:00+00:00")
    correction = ("event", "correct", "1", "--set", "occurred=2026-03-02 09:30", "--version", "1", "--reason")
    assert run(capsys, *correction, "The mail says so") == (0, "Event 1 is corrected.")
    status, told = run(capsys, *correction[:-3], "--reason", "again", "--set", "function=PR", "--version", "1")
    assert (status, told) == (1, "local user changed it since you opened it. Look at both versions and decide.")
    assert run(capsys, "crisis", "correct", "a", "--set", "severity=3") == (0, "Crisis A is corrected.")
    assert run(capsys, "crisis", "merge", "B", "A", "--reason", "the same") == (0, "Crisis B is a part of A now.")
    assert run(capsys, "crisis", "restrict", "A", "legal") == (0, "Crisis A is seen by legal, admin.")
    assert rows(CrisisRole, "role") == [("legal",)]
    assert run(capsys, "crisis", "restrict", "A") == (0, "Crisis A is seen by every role.")
    assert rows(Crisis, "code", "severity", "topics") == [("A", 3, ["thread", "twin"])]
    assert rows(Event, "milestone", "crisis_id") == [("detected", 1), ("statement", 1)]
    legal = ("crisis", "legal", "A", "--set", "privilege_banner=Privileged", "--set")
    assert run(capsys, *legal, "countersign=yes") == (0, "What Legal says of A is set.")
    assert rows(Crisis, "privilege_banner", "legal_hold", "countersign") == [("Privileged", False, True)]
    assert run(capsys, *legal, "legal_hold=perhaps") == (1, "Legal hold is yes or no.")
    _, told = run(capsys, "crisis", "history", "B", "--json")
    changes = json.loads(told)
    assert [c["action"] for c in changes[:4]] == ["corrected", "corrected", "restricted", "restricted"]
    (moved,) = [c for c in changes if c["field"] == "occurred_at"]
    assert (moved["before"], moved["after"], moved["reason"]) == (
        "2026-03-02T09:00:00+00:00", "2026-03-02T08:30:00+00:00", "The mail says so",
    )  # fmt: skip
    assert "action merged" in run(capsys, "crisis", "history", "A")[1]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("crisis", "correct", "none", "--set", "severity=3"), "There is no crisis “none”."),
        (("crisis", "add", "A", "t", "--set", "severity"), "“severity” is not FIELD=VALUE."),
        (("crisis", "add", "A", "t", "--set", "colour=red"), "“colour” is not a field that can be entered."),
        (("event", "correct", "9", "--set", "function=PR", "--reason", "r"), "There is no event 9."),
        (("event", "list", "none"), "There is no crisis “none”."),
    ],
)
def test_what_is_refused_changes_nothing(
    database: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    assert run(capsys, *arguments) == (1, why)
    assert rows(Crisis) == []
