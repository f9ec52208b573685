"""Context markers: who may, what is refused, two people at once, and a history that keeps what is gone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from data.__main__ import main
from data.access import Viewer
from data.commands import hand, markers, protected
from data.commands.entries import HandRefused
from data.commands.hand import Stale
from data.engine import reading, writing
from data.enums import Role
from data.queries import markers as queries
from data.tables import ContextMarker
from tests.data.world import rows

ADMIN, ANALYST = Viewer("Ada", Role.ADMIN), Viewer("Noor", Role.ANALYST)
LEADER, AUDITOR = Viewer("Lea", Role.LEADERSHIP), Viewer("Otto", Role.AUDITOR)
LAUNCH = {"happened_on": date(2026, 3, 2), "title": "Launch of 5.0"}


def enter(viewer: Viewer = ANALYST, **values: Any) -> int:
    with writing() as session:
        return markers.enter(session, viewer, LAUNCH | values)


def correct(number: int, viewer: Viewer = ANALYST, seen: Any = None, reason: str = "Wrong day", **changes: Any) -> None:
    with writing() as session:
        markers.correct(session, viewer, number, changes, reason=reason, seen=seen)


def remove(number: int, viewer: Viewer = ANALYST, reason: str = "Was none", seen: Any = None) -> None:
    with writing() as session:
        markers.remove(session, viewer, number, reason=reason, seen=seen)


def told(viewer: Viewer = LEADER, until: date = date(2026, 12, 31)) -> list[tuple[str, str]]:
    with reading() as session:
        found = queries.markers(session, viewer, until)
    return [(f"{day:%Y-%m-%d}", title) for day, title in zip(found["date"], found["title"], strict=True)]


def test_a_marker_is_entered_corrected_and_removed_with_its_history(database: str) -> None:
    number = enter()
    enter(title="Outage", happened_on=date(2026, 2, 1))
    assert told() == [("2026-02-01", "Outage"), ("2026-03-02", "Launch of 5.0")]
    correct(number, ADMIN, happened_on=date(2026, 3, 3))
    assert told() == [("2026-02-01", "Outage"), ("2026-03-03", "Launch of 5.0")]
    remove(number)
    assert told() == [("2026-02-01", "Outage")]
    with reading() as session:
        history = queries.history(session, LEADER)
    mine = history[history["key"] == str(number)]
    changes = mine[["actor", "action", "field", "before", "after", "reason"]]
    assert changes.astype(object).where(changes.notna(), None).values.tolist() == [
        ["Noor", "corrected", "title", "Launch of 5.0", None, "Was none"],
        ["Noor", "corrected", "happened_on", "2026-03-03", None, "Was none"],
        ["Ada", "corrected", "happened_on", "2026-03-02", "2026-03-03", "Wrong day"],
        ["Noor", "entered", "title", None, "Launch of 5.0", None],
        ["Noor", "entered", "happened_on", None, "2026-03-02", None],
    ]


def test_as_of_a_day_later_markers_do_not_exist_and_the_auditor_sees_none(database: str) -> None:
    enter()
    assert told(until=date(2026, 3, 2)) == [("2026-03-02", "Launch of 5.0")]
    assert told(until=date(2026, 3, 1)) == []
    assert told(AUDITOR) == []
    with reading() as session:
        assert queries.history(session, AUDITOR).empty


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": " "}, "Title is missing."),
        ({"title": "x" * 301}, "Title has at most 300 characters."),
        ({"happened_on": "March"}, "Day is a day such as 2026-03-31."),
        ({"happened_on": date(1989, 1, 1)}, "1989-01-01 lies before 1990 or after tomorrow."),
        ({"happened_on": date(2999, 1, 1)}, "2999-01-01 lies before 1990 or after tomorrow."),
        ({"crisis": "x"}, "“crisis” is not a field that can be entered."),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_stored_is_refused_in_words(database: str, values: dict[str, Any], why: str) -> None:
    with pytest.raises(HandRefused, match="^" + why.replace(".", r"\.") + "$"):
        enter(**values)
    assert told() == []


def test_the_same_marker_twice_is_refused(database: str) -> None:
    number, other = enter(), enter(title="Outage")
    with pytest.raises(HandRefused, match="there already"):
        enter()
    with pytest.raises(HandRefused, match="there already"):
        correct(other, title="Launch of 5.0")
    with pytest.raises(HandRefused, match="Nothing was changed"):
        correct(number, title="Launch of 5.0")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_those_who_enter_crises_may_and_only_for_a_reason(database: str) -> None:
    number = enter()
    with pytest.raises(HandRefused, match="Your role"):
        enter(LEADER, title="Other")
    for deed in (correct, remove):
        with pytest.raises(HandRefused, match="Your role"):
            deed(number, LEADER)
        with pytest.raises(HandRefused, match="Say why"):
            deed(number, reason=" ")
        with pytest.raises(HandRefused, match="no such"):
            deed(number + 1)


def test_the_second_of_two_people_is_told(database: str) -> None:
    number = enter()
    with reading() as session:
        entry = queries.marker(session, ADMIN, number)
    assert entry is not None
    correct(number, title="Launch of 5.1")
    for deed in (correct, remove):
        with pytest.raises(Stale, match="Noor changed it"):
            deed(number, ADMIN, seen=entry.seen)
    assert told() == [("2026-03-02", "Launch of 5.1")]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_protected_terms_are_masked_as_they_are_typed_and_in_what_is_stored(database: str) -> None:
    number = enter(title="Interview with Kim Doe")
    with writing() as session:
        hand.enter_crisis(session, ADMIN, "thread", {"title": "The thread"})
        protected.add(session, ADMIN, "thread", ["Kim Doe"])
    assert rows(ContextMarker, "title") == [("Interview with [name withheld]",)]
    with reading() as session:
        assert "Kim" not in queries.history(session, ADMIN).to_csv()
    correct(number, title="Talk with Kim Doe")
    assert rows(ContextMarker, "title") == [("Talk with [name withheld]",)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_a_browser(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str, status: int = 0) -> str:
        assert main(["marker", *words]) == status
        out, err = capsys.readouterr()
        return (out or err).strip()

    assert said("list") == "Nothing."
    assert said("add", "2026-03-02", "Launch") == "Context marker 1 is entered."
    assert said("correct", "1", "--title", "Launch of 5.0", "--reason", "In full") == "Context marker 1 is corrected."
    listed = [{"marker_id": 1, "date": "2026-03-02T00:00:00", "title": "Launch of 5.0"}]
    assert json.loads(said("list", "--json")) == listed
    assert said("remove", "1", "--reason", "Was none") == "Context marker 1 is removed."
    assert said("remove", "1", "--reason", "Again", status=1) == "There is no such context marker."
    assert "Launch of 5.0" in said("history")
