"""What leaves the survey door is safe: nothing of too small a group, nothing so near to none or all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import mean, stdev
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access import LOCAL
from data.commands.settings import change
from data.engine import reading, writing
from data.queries import surveys
from data.tables import Answer, Question, Response, Wave
from tests.data.world import wipe
from tests.soak import TIMES

FAR = date(2030, 1, 1)
FIGURES = ["n", "favourable", "mean", "sd", "promoters", "detractors"]
TYPES = {
    "wave_id": "int64", "wave": "object", "audience": "object", "opened_on": "datetime64[us]", "closed_on": "datetime64[us]",
    "invited": "float64", "k": "int64", "question": "object", "kind": "object", "scale_min": "float64",
    "scale_max": "float64", "n": "float64", "favourable": "float64", "coded": "object", "mean": "float64", "sd": "float64",
    "promoters": "float64", "detractors": "float64", "withheld": "object", "unusable": "object",
}  # fmt: skip


def wave(name: str = "w", *, k: int = 5, **values: Any) -> int:
    with writing() as session:
        made = Wave(key=name, name=name, salt="s", k=k, **({"closed_on": date(2026, 1, 9)} | values))
        session.add(made)
        session.flush()
        return made.id


def ask(
    wave_id: int, answers: Iterable[float | None], *, text: str = "q", kind: str = "scale", low: float = 1, high: float = 5,
    favourable_from: float | None = 4, comment: str | None = None,
) -> None:  # fmt: skip
    scale = {"scale_min": low, "scale_max": high, "favourable_from": favourable_from}
    with writing() as session:
        question = Question(key=f"{wave_id} {text}", text=text, kind=kind, **scale)
        session.add(question)
        session.flush()
        for number, value in enumerate(answers):
            respondent = f"{wave_id}-{text}-{number}"
            response = Response(key=respondent, wave_id=wave_id, respondent=respondent, department="Legal")
            session.add(response)
            session.flush()
            answer = Answer(
                key=respondent, response_id=response.id, question_id=question.id, value=value, comment=comment
            )
            session.add(answer)


def results(until: date = FAR) -> pd.DataFrame:
    with reading() as session:
        return surveys.company_results(session, until)


def only() -> dict[str, Any]:
    found = results().to_dict("records")
    assert len(found) == 1
    return found[0]


def test_the_frame_is_the_same_empty_and_full(database: str) -> None:
    assert {name: str(kind) for name, kind in results().dtypes.items()} == TYPES
    first, second = wave("a", invited=40, opened_on=date(2026, 1, 1)), wave("b")
    ask(first, [5, 4, 3, 2, 1] * 6)
    ask(first, [5] * 4, text="small")
    ask(second, [5] * 20, text="all")
    found = results()
    assert {name: str(kind) for name, kind in found.dtypes.items()} == TYPES
    assert found["coded"].tolist() == [None, None, "high"]
    assert found["withheld"].tolist() == [None, "fewer than 5 answers", None]
    assert found["audience"].tolist() == ["employees"] * 3
    assert found["opened_on"].isna().tolist() == [False, False, True]


def test_figures_of_a_large_enough_group(database: str) -> None:
    answers = [5, 5, 4, 4, 3, 3, 3, 2, 2, 1, 5]
    ask(wave(), answers)
    found = only()
    assert (found["n"], found["favourable"], found["coded"], found["withheld"]) == (11, 5, None, None)
    assert found["mean"] == round(mean(answers), 2)
    assert found["sd"] == round(stdev(answers), 2)
    assert found["mean"] != mean(answers)
    assert pd.isna(found["promoters"])


@pytest.mark.parametrize("k", [3, 5, 8])
def test_a_group_below_k_is_withheld_whole(database: str, k: int) -> None:
    number = wave(k=k)
    ask(number, [1, 5, 3, 4, 2, 4, 4, 1, 3, 5][: k - 1], text="below")
    ask(number, [1, 5, 3, 4, 2, 4, 4, 1, 3, 5][:k], text="at k")
    at, below = results().to_dict("records")
    assert (at["question"], at["withheld"], at["n"]) == ("at k", None, k)
    assert below["withheld"] == f"fewer than {k} answers"
    assert below["coded"] is None
    assert all(pd.isna(below[name]) for name in FIGURES)


def test_the_k_of_the_wave_holds_not_that_of_the_settings(database: str) -> None:
    ask(wave(k=8), [1, 2, 3, 4, 5, 3, 4])
    with writing() as session:
        change(session, LOCAL, "anonymity.k", "3")
    assert only()["withheld"] == "fewer than 8 answers"


def test_answers_without_a_value_do_not_count(database: str) -> None:
    ask(wave(), [1, 5, 3, 4, None, None], comment="my manager")
    assert only()["withheld"] == "fewer than 5 answers"


@pytest.mark.parametrize(
    ("favourable", "coded"),
    [(0, "low"), (1, "low"), (2, "low"), (3, None), (17, None), (18, "high"), (19, "high"), (20, "high")],
)
def test_counts_near_none_or_all_are_coded(database: str, favourable: int, coded: str | None) -> None:
    ask(wave(), [4] * favourable + [2] * (20 - favourable))
    found = only()
    assert (found["n"], found["coded"], found["withheld"]) == (20, coded, None)
    assert all(pd.isna(found[name]) is (coded is not None) for name in ("favourable", "mean", "sd"))


def test_without_a_known_scale_nothing_but_the_number_is_said(database: str) -> None:
    """Nobody can tell which answers are favourable, nor whether all answered alike."""
    ask(wave(), [9] * 20, favourable_from=None)
    found = only()
    assert (found["n"], found["coded"], found["withheld"]) == (20, None, None)
    assert all(pd.isna(found[name]) for name in FIGURES if name != "n")


@pytest.mark.parametrize(
    ("detractors", "passives", "shown"),
    [(6, 7, True), (2, 9, False), (16, 2, False), (15, 4, False), (7, 2, False), (3, 4, True)],
)
def test_promoters_and_detractors_are_shown_together_or_not(
    database: str, detractors: int, passives: int, shown: bool
) -> None:
    """Nor where those between would be few: what the two leave over tells them."""
    answers = [3] * detractors + [8] * passives + [10] * (20 - detractors - passives)
    ask(wave(), answers, kind="enps", low=0, high=10, favourable_from=8)
    found = only()
    assert pd.isna(found["favourable"])  # beside the other two it would tell who answered 7 or 8
    assert pd.isna(found["promoters"]) is pd.isna(found["detractors"]) is not shown
    if shown:
        assert (found["detractors"], found["promoters"]) == (detractors, 20 - detractors - passives)


def test_comments_never_come_through(database: str) -> None:
    number = wave()
    ask(number, [None] * 9, text="why", kind="comment", comment="my manager")
    ask(number, [1, 2, 3, 4, 5, 4, 4, 2], text="rate", comment="my manager")
    found = results()
    assert found["question"].tolist() == ["rate"]
    assert "my manager" not in found.to_csv()
    assert "Legal" not in found.to_csv()


def test_waves_come_in_order_up_to_a_day(database: str) -> None:
    for name, closed, opened in [("late", 20, 9), ("undated", None, None), ("early", 10, 8)]:
        days = {"closed_on": None if closed is None else date(2026, 1, closed)}
        days["opened_on"] = None if opened is None else date(2026, 1, opened)
        ask(wave(name, **days), [1, 2, 4, 4, 5, 3, 2])
    assert results()["wave"].tolist() == ["undated", "early", "late"]
    assert results(date(2026, 1, 8))["wave"].tolist() == ["undated", "early"]
    with reading() as session:
        listed = surveys.waves(session)
    assert listed["wave"].tolist() == ["undated", "early", "late"]
    assert list(listed) == ["wave_id", "wave", "audience", "opened_on", "closed_on"]


def test_one_question_in_two_waves_is_two_groups(database: str) -> None:
    first, second = wave("a"), wave("b")
    ask(first, [1, 2, 4, 4, 5])
    with writing() as session:
        for number in range(4):
            response = Response(key=f"x{number}", wave_id=second, respondent=f"x{number}")
            session.add(response)
            session.flush()
            session.add(Answer(key=f"x{number}", response_id=response.id, question_id=1, value=3))
    assert results()["withheld"].isna().tolist() == [True, False]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=25 * TIMES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 10), max_size=40), st.integers(3, 8))
def test_nothing_exact_of_a_few_ever_leaves(database: str, answers: list[int], k: int) -> None:
    wipe()
    ask(wave(k=k), answers, kind="enps", low=0, high=10, favourable_from=8)
    for row in results().to_dict("records"):
        n = len(answers)
        if n < k:
            assert all(pd.isna(row[name]) for name in FIGURES)
            continue
        few = max(2, 0.05 * n)
        assert row["n"] == n
        rest = n - row["promoters"] - row["detractors"]
        for count in (row["favourable"], row["promoters"], row["detractors"], rest):
            assert pd.isna(count) or few < count < n - few
        assert pd.isna(row["mean"]) is pd.isna(row["sd"]) is (row["coded"] is not None)
        if pd.notna(row["mean"]):
            assert abs(row["mean"] - mean(answers)) <= 0.005 + 1e-9
            assert len(set(answers)) > 1


def test_answers_outside_the_scale_are_no_figures(database: str) -> None:
    """The scale of a question was corrected after the answers came, or its name is that of another question."""
    ask(wave("a"), [1, 2, 3, 4, 5, 7, 6, 4, 4, 2])
    found = only()
    assert found["unusable"] == "answers lie outside the scale of 1 to 5"
    assert found["n"] == 10
    assert all(pd.isna(found[name]) for name in FIGURES if name != "n")


def test_answers_on_the_ends_of_the_scale_are_fine(database: str) -> None:
    ask(wave("a"), [1, 2, 3, 4, 5, 5, 1, 4, 4, 2])
    assert only()["unusable"] is None
