"""Survey answers by group, by person over two waves, and as correlations: what may leave, and what may not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from data.access import LOCAL, Viewer
from data.commands.settings import change
from data.engine import reading, writing
from data.enums import Role
from data.queries import surveys
from data.tables import Answer, Question, Response, Wave

FAR = date(2030, 1, 1)
#: respondent, department, the answer to each question (None: not answered)
Person = tuple[str, str | None, Sequence[int | None]]
ASKED = ("I trust us",)


def hold(
    name: str, people: Sequence[Person], *, k: int = 5, asked: Sequence[str] = ASKED, audience: str = "employees",
    closed: date = date(2026, 1, 9), enps: str | None = None,
) -> int:  # fmt: skip
    """A wave with these answers on a scale of 1 to 5 (`enps`: of 0 to 10); questions are known by their text."""
    with writing() as session:
        wave = Wave(key=name, name=name, salt="s", k=k, closed_on=closed, audience=audience)
        session.add(wave)
        session.flush()
        questions = [_question(session, text, enps=text == enps) for text in asked]
        for respondent, department, answers in people:
            response = Response(
                key=f"{name}|{respondent}", wave_id=wave.id, respondent=respondent, department=department
            )
            session.add(response)
            session.flush()
            for question, value in zip(questions, answers, strict=True):
                if value is not None:
                    key = f"{response.key}|{question}"
                    session.add(Answer(key=key, response_id=response.id, question_id=question, value=value))
        return int(wave.id)


def _question(session: Any, text: str, *, enps: bool) -> int:
    known = session.execute(sa.select(Question.id).where(Question.text == text)).scalar()
    if known is not None:
        return int(known)
    scale = {"scale_min": 0, "scale_max": 10, "favourable_from": 8} if enps else {
        "scale_min": 1, "scale_max": 5, "favourable_from": 4
    }  # fmt: skip
    question = Question(key=text, text=text, kind="enps" if enps else "scale", **scale)
    session.add(question)
    session.flush()
    return int(question.id)


def department(name: str | None, favourable: int, n: int) -> list[Person]:
    return [(f"{name}-{number}", name, [5 if number < favourable else 2]) for number in range(n)]


def groups(viewer: Viewer = LOCAL, cut: surveys.Cut = "department") -> pd.DataFrame:
    with reading() as session:
        return surveys.group_results(session, viewer, surveys.company_results(session, FAR), cut)


def shown(found: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    return {
        row["group"]: tuple(None if pd.isna(row[name]) else row[name] for name in ("n", "favourable", "coded"))
        for row in found.to_dict("records")
    }


def test_the_groups_of_a_cut_beside_each_other(database: str) -> None:
    hold("w", [*department("Sales", 20, 40), *department("Legal", 12, 30), *department(None, 8, 20)])
    found = groups()
    assert shown(found) == {"Legal": (30, 12, None), "Sales": (40, 20, None), "not given": (20, 8, None)}
    assert found["withheld"].isna().all()
    assert list(found["wave"]) == ["w"] * 3
    assert groups(cut="tenure").empty  # nobody named one: that is the company


def test_differencing_reference_case_14(database: str) -> None:
    """Company 8 people 62.5 % and department 7 people 71.43 % would give away the eighth."""
    hold("w", [*department("Support", 5, 7), *department("Legal", 0, 1)])
    with reading() as session:
        company = surveys.company_results(session, FAR).iloc[0]
    assert company["favourable"] / company["n"] == 0.625
    found = groups()
    assert shown(found) == {"Legal": (None, None, None), "Support": (None, None, None)}
    assert len(set(found["withheld"])) == 1  # nor does the reason tell which of them is small


def test_one_small_group_hides_the_next_smallest_too(database: str) -> None:
    hold("w", [*department("A", 20, 40), *department("B", 12, 30), *department("C", 2, 4)])
    assert shown(groups()) == {"A": (40, 20, None), "B": (None, None, None), "C": (None, None, None)}


def test_groups_near_none_or_all_leave_as_a_band(database: str) -> None:
    people = [*department("A", 20, 40), *department("B", 15, 30), *department("C", 15, 25), *department("D", 1, 30)]
    hold("w", people)
    found = shown(groups())
    assert found["D"] == (30, None, "low")
    assert [name for name in found if found[name] == (None, None, None)] == ["B", "C"]


def test_nothing_by_group_of_what_is_not_shown_of_everybody(database: str) -> None:
    hold("few", department("A", 2, 4))
    hold("alike", [*department("A", 40, 40), *department("B", 30, 30)])
    assert groups().empty


def test_a_department_written_in_two_ways_is_one(database: str) -> None:
    hold("w", [*department("Sales", 10, 20), *department("sales ", 10, 20), *department("Legal", 12, 30)])
    assert shown(groups()) == {"Legal": (30, 12, None), "Sales": (40, 20, None)}


def test_only_some_roles_see_groups_and_the_frame_is_the_same(database: str) -> None:
    hold("w", [*department("Sales", 20, 40), *department("Legal", 12, 30)])
    seen = {role: len(groups(Viewer("t", role))) for role in Role}
    assert {role for role, rows in seen.items() if rows} == {Role.HR, Role.ADMIN}
    empty, full = groups(Viewer("t", Role.LEADERSHIP)), groups()
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert list(empty) == list(full)


# --- the same people in two waves ---------------------------------------------------------------------------------------


def over(pattern: str, name: str) -> list[Person]:
    """``"fu"``: favourable before, unfavourable now; ``"-"`` stands for not answering."""
    marks = {"f": 5, "u": 2}
    place = 0 if name == "before" else 1
    return [
        (f"p{number}", None, [marks[pair[place]]])
        for number, pair in enumerate(pattern.split())
        if pair[place] in marks
    ]


def held(pattern: str, *, paired: bool = True) -> tuple[int, int]:
    if paired:
        with writing() as session:
            change(session, LOCAL, "surveys.paired", "on")
    before = hold("before", over(pattern, "before"), closed=date(2026, 1, 9))
    return hold("now", over(pattern, "now"), closed=date(2026, 4, 9)), before


def counts(now: int, before: int) -> pd.DataFrame:
    with reading() as session:
        return surveys.paired_counts(session, now, before)


STAYED = "ff " * 20 + "uu " * 20 + "uf " * 6 + "fu " * 8


def test_who_changed_their_mind(database: str) -> None:
    (row,) = counts(*held(STAYED)).to_dict("records")
    assert (row["question"], row["n"], row["gained"], row["lost"], row["withheld"]) == ("I trust us", 54, 6, 8, None)


def test_only_where_respondents_are_recognised_and_waves_follow_each_other(database: str) -> None:
    now, before = held(STAYED, paired=False)
    assert counts(now, before).empty
    with writing() as session:
        change(session, LOCAL, "surveys.paired", "on")
    assert len(counts(now, before)) == 1
    assert counts(before, now).empty
    hold("customers", over(STAYED, "now"), closed=date(2026, 3, 1), audience="customers")
    assert len(counts(now, before)) == 1
    hold("between", over(STAYED, "now"), closed=date(2026, 3, 1))
    assert counts(now, before).empty


@pytest.mark.parametrize(
    "pattern",
    [
        STAYED + "-f ",  # one joined: the waves' counts less the pairs' tell the answer
        STAYED + "f- u- ",
        STAYED + "-f " * 6,  # six joined and nobody left: all six are favourable
        STAYED + "-f " * 6 + "u- " * 6,  # all who joined are favourable and none who left
        "ff " * 20 + "uu " * 20 + "uf " * 2 + "fu " * 8,
        "ff " * 20 + "uu " * 1 + "uf " * 6 + "fu " * 8,
        "ff uu uf fu",
    ],
)
def test_pairs_that_would_give_somebody_away_are_withheld(database: str, pattern: str) -> None:
    (row,) = counts(*held(pattern)).to_dict("records")
    assert all(pd.isna(row[name]) for name in ("n", "gained", "lost"))
    assert row["withheld"]


def test_enough_who_joined_and_left_with_both_answers_are_no_danger(database: str) -> None:
    joined_and_left = "-f -f -f -u -u -u f- f- f- u- u- u- "
    (row,) = counts(*held(STAYED + joined_and_left)).to_dict("records")
    assert (row["n"], row["withheld"]) == (54, None)


# --- correlations ----------------------------------------------------------------------------------------------------


def pulse(n: int, *, unfinished: int = 0) -> int:
    draw = random.Random(5)
    people: list[Person] = []
    for number in range(n + unfinished):
        mood = draw.gauss(0, 1)
        given = [min(5, max(1, round(3 + mood + draw.gauss(0, 1)))) for _ in range(2)]
        score = min(10, max(0, round(6.5 + 2 * mood + draw.gauss(0, 2))))
        people.append((f"p{number}", None, [*given, None if number < unfinished else score]))
    return hold("w", people, asked=("A", "B", "Recommend"), enps="Recommend")


def company(session: Any, wave: int) -> pd.DataFrame:
    results = surveys.company_results(session, FAR)
    return results[results["wave_id"] == wave]


def test_correlations_of_those_who_answered_everything(database: str) -> None:
    number = pulse(150, unfinished=6)
    with reading() as session:
        found, n = surveys.correlations(session, company(session, number))
        answers = session.execute(
            sa.select(Response.respondent, Question.text, Answer.value)
            .join(Answer, Answer.response_id == Response.id)
            .join(Question, Question.id == Answer.question_id)
        ).all()
    assert n == 150
    assert list(found) == list(found.index) == ["A", "B", "Recommend"]
    table = pd.DataFrame(answers, columns=["who", "what", "value"]).pivot_table(
        index="who", columns="what", values="value"
    )
    assert np.allclose(found, table.dropna().corr(), atol=0.005 + 1e-9)
    assert (found.to_numpy() == found.round(2).to_numpy()).all()


def test_fewer_than_a_hundred_who_answered_everything_leave_nothing(database: str) -> None:
    apart: list[Person] = [
        (f"p{n}", None, [1 + n % 5 if n < 110 else None, 1 + n % 4 if n >= 50 else None]) for n in range(160)
    ]
    for number in (pulse(99), hold("apart", apart, asked=("Y", "Z"))):
        leave_nothing(number)


def leave_nothing(number: int) -> None:
    with reading() as session:
        found, n = surveys.correlations(session, company(session, number))
    assert found.empty
    assert n == 0


def test_a_question_that_is_not_shown_exactly_is_in_no_correlation(database: str) -> None:
    people: list[Person] = [(f"p{n}", None, [5 - n % 4, 4 - n % 3, 5 if n else 1]) for n in range(120)]
    number = hold("w", people, asked=("A", "B", "Nearly all alike"))
    with reading() as session:
        found, n = surveys.correlations(session, company(session, number))
    assert (list(found), n) == (["A", "B"], 120)
