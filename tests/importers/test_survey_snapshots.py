"""Waves that come in more than once: what came later is shown only where nobody can be told apart by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from data.access import LOCAL
from data.commands import survey_figures
from data.commands.survey_figures import TABLE
from data.engine import reading, writing
from data.queries import surveys
from tests.data.world import HISTORY, dump
from tests.importers.files import comma_separated, fates, imported, on_sqlite, setting, undone

HEADER = ["wave", "question", "answer", "respondent", "department", "location", "opened_on", "scale_min", "scale_max"]


def people(department: str, answers: Iterable[int], *, at: str = "North", first: int = 0) -> list[list[Any]]:
    return [
        ["2026-03", "I trust us", answer, f"{department}-{number}", department, at, "2026-03-02", 1, 5]
        for number, answer in enumerate(answers, start=first)
    ]


def bring(*rows: list[list[Any]]) -> None:
    fates(imported(comma_separated([HEADER, *(row for some in rows for row in some)])))


def company() -> dict[str, Any]:
    with reading() as session:
        found = surveys.company_results(session, date(2030, 1, 1)).to_dict("records")
    assert len(found) == 1
    return found[0]


def groups(cut: surveys.Cut = "department") -> dict[str, tuple[Any, ...]]:
    with reading() as session:
        found = surveys.group_results(session, LOCAL, surveys.company_results(session, date(2030, 1, 1)), cut)
    return {
        row["group"]: tuple(None if pd.isna(row[name]) else row[name] for name in ("n", "favourable"))
        for row in found.to_dict("records")
    }


SALES = people("Sales", [5, 2] * 10)
LEGAL = people("Legal", [4, 1, 3] * 5)
BOTH = {"Legal": (15, 5), "Sales": (20, 10)}


@on_sqlite
def test_one_late_answer_waits(database: str) -> None:
    """Two snapshots of one wave with one late answer: the difference would be what that one answered."""
    bring(SALES, LEGAL)
    before = company()
    bring(SALES, LEGAL, people("Sales", [5], first=20))
    assert pd.Series(company()).equals(pd.Series(before))
    assert groups() == BOTH


@on_sqlite
def test_late_answers_are_shown_when_there_are_enough(database: str) -> None:
    bring(SALES, LEGAL)
    bring(people("Sales", [5, 2, 5, 2], first=20))
    assert company()["n"] == 35
    bring(people("Sales", [5, 2, 5, 2], first=24))
    assert company()["n"] == 43
    assert groups() == {"Legal": (15, 5), "Sales": (28, 14)}


@on_sqlite
@pytest.mark.parametrize("answers", [[5] * 6, [2] * 6])
def test_late_answers_that_are_alike_wait(database: str, answers: list[int]) -> None:
    bring(SALES, LEGAL)
    bring(people("Sales", answers, first=20))
    assert company()["n"] == 35


@on_sqlite
def test_each_changed_group_must_gain_enough(database: str) -> None:
    """The company gained eight, but Legal one: the two snapshots of Legal would tell it."""
    bring(SALES, LEGAL)
    bring(people("Sales", [5, 2, 5, 2, 5, 2, 2], first=20), people("Legal", [5], first=15))
    assert company()["n"] == 35
    assert groups() == BOTH


@on_sqlite
def test_a_hidden_group_does_not_become_computable_by_a_late_upload(database: str) -> None:
    """Four of Press are hidden with Legal. Six more of Press would show: all of Press less all that the company gained."""
    press = people("Press", [5, 2, 2, 5])
    bring(SALES, LEGAL, press)
    assert groups() == {"Legal": (None, None), "Press": (None, None), "Sales": (20, 10)}
    bring(people("Press", [5, 2, 5, 2, 5, 2], first=4))
    assert company()["n"] == 39
    assert groups() == {"Legal": (None, None), "Press": (None, None), "Sales": (20, 10)}


@on_sqlite
def test_a_corrected_answer_waits(database: str) -> None:
    """One person's answer was corrected: before and after would tell it."""
    bring(SALES, LEGAL)
    corrected = people("Sales", [2, 2, *[5, 2] * 9])
    bring(corrected)
    assert (company()["n"], company()["favourable"]) == (35, 15)


@on_sqlite
def test_undo_forgets_what_was_decided(database: str) -> None:
    bring(SALES, LEGAL)
    before, figures = dump(without=HISTORY), groups()
    late = imported(comma_separated([HEADER, *people("Sales", [5, 2, 5, 2, 5, 2], first=20)]))
    assert company()["n"] == 41
    undone(late.batch)
    assert dump(without=HISTORY) == before
    assert groups() == figures
    assert company()["n"] == 35


@on_sqlite
def test_undo_of_the_first_half_decides_on_what_is_left(database: str) -> None:
    first = imported(comma_separated([HEADER, *SALES]))
    bring(LEGAL)
    assert company()["n"] == 35
    undone(first.batch)
    assert (company()["n"], company()["favourable"]) == (15, 5)


@on_sqlite
def test_lowering_k_reopens_nothing_and_what_comes_later_keeps_it(database: str) -> None:
    setting("anonymity.k", "8")
    bring(SALES, LEGAL, people("Press", [5, 2, 2, 5, 1, 4]))
    hidden = groups()
    assert hidden["Press"] == (None, None)
    setting("anonymity.k", "3")
    assert groups() == hidden
    bring(people("Sales", [5, 2, 5, 2, 5, 2], first=20))  # six of eight
    assert company()["n"] == 41


@on_sqlite
def test_what_waits_is_said_of_the_wave_alone(database: str) -> None:
    bring(SALES, LEGAL)
    with reading() as session:
        assert surveys.waiting(session) == frozenset()
    bring(people("Sales", [5], first=20))
    with reading() as session:
        assert surveys.waiting(session) == {1}


@on_sqlite
def test_one_late_joiner_of_a_paired_wave_hides_its_pairs(database: str) -> None:
    """Paired waves with one joiner: pairs of the answers that wait, beside figures without them, would tell it."""
    setting("surveys.paired", "on")
    next_ = [["2026-04", *row[1:6], "2026-04-02", *row[7:]] for row in people("Sales", [2, 5] * 4 + [5, 2] * 6)]
    bring(SALES)
    bring(next_)
    with reading() as session:
        assert surveys.paired_counts(session, 2, 1)["n"].tolist() == [20]
    bring([["2026-04", *row[1:6], "2026-04-02", *row[7:]] for row in people("Sales", [5], first=20)])
    with reading() as session:
        pairs = surveys.paired_counts(session, 2, 1)
    assert pairs["n"].isna().all()


@on_sqlite
def test_what_came_in_before_decisions_were_kept_is_decided_once(database: str) -> None:
    """A database of an older version: its figures are those that were shown, and one late answer waits there too."""
    bring(SALES, LEGAL)
    decided = groups(), company()["n"]
    with writing() as session:
        session.execute(sa.delete(TABLE))
    assert (groups(), company()["n"]) == decided
    with writing() as session:
        assert survey_figures.settle(session) == 1
        assert survey_figures.settle(session) == 0
    assert (groups(), company()["n"]) == decided
    with writing() as session:
        session.execute(sa.delete(TABLE))
    bring(people("Sales", [5], first=20))
    assert (groups(), company()["n"]) == decided


@on_sqlite
def test_a_department_inside_a_location(database: str) -> None:
    """All of Press but four sit in Lisbon, where nobody else but Legal sits: Lisbon less Legal would be these."""
    press = people("Press", [5, 2, 2, 5], at="Lisbon") + people("Press", [5, 2] * 8, first=4)
    bring(SALES, people("Legal", [4, 1, 3] * 5, at="Lisbon"), press)
    departments, places = groups(), groups("location")
    shown = {name for name, figures in {**departments, **places}.items() if figures[0] is not None}
    assert shown == {"Sales", "Lisbon", "North"}  # hiding Legal and Press costs fewer answers than hiding both places
