"""Groups of one cut: against the rest, against an earlier wave, drawn together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.estimate import Status
from metrics.intervals import newcombe
from metrics.survey_changes import declared
from metrics.survey_groups import against_rest, drawn_together, group_changes
from tests.metrics.frames import question, survey

HIDDEN = "too few answers"


def of(group: str, favourable: float, n: float, **more: Any) -> dict[str, Any]:
    return question(**({"favourable": favourable, "n": n, "invited": np.nan, "wave": "May"} | more)) | {"group": group}


def cut(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[*question(), "group"])


COMPANY = survey(question(wave="May", n=100.0, favourable=55.0))


def test_a_department_is_compared_with_the_rest_not_with_a_total_that_contains_it() -> None:
    changes = against_rest(
        cut(of("Sales", 10, 40), of("Legal", 20, 30), of("HR", np.nan, np.nan, withheld=HIDDEN)), COMPANY
    )
    found = {change.about["group"]: change.estimate for change in changes}
    sales = found["Sales"]
    assert sales.value == pytest.approx(10 / 40 - 45 / 60)
    assert (sales.lo, sales.hi) == newcombe(10, 40, 45, 60)
    assert sales.basis == "Sales (40 answers) against the 60 other answers in May"
    assert (found["HR"].status, found["HR"].value) == (Status.SUPPRESSED, None)
    clear = declared(changes, "of departments and questions in May")
    assert [(c.about["group"], c.clear) for c in clear] == [("HR", False), ("Legal", False), ("Sales", True)]
    assert "over 2 comparisons of departments and questions in May" in (clear[2].estimate.basis or "")


def test_nobody_else_and_others_near_all() -> None:
    whole = survey(question(wave="May", n=40.0, favourable=20.0))
    (alone,) = against_rest(cut(of("Sales", 20, 40)), whole)
    assert alone.estimate.status is Status.NOT_APPLICABLE
    (near,) = against_rest(cut(of("Sales", 20, 40)), survey(question(wave="May", n=80.0, favourable=59.0)))
    assert (near.estimate.status, near.p) == (Status.SUPPRESSED, None)
    assert against_rest(cut(), COMPANY) == []


def test_a_department_against_itself_in_an_earlier_wave() -> None:
    now = cut(of("Sales", 10, 40), of("Legal", 20, 30), of("New", 5, 20))
    before = cut(of("sales ", 30, 40, wave="March"), of("Legal", np.nan, np.nan, wave="March", withheld=HIDDEN))
    changes = group_changes(now, before)
    assert [c.about for c in changes] == [
        {"question": "I trust us", "group": "Legal"},
        {"question": "I trust us", "group": "Sales"},
    ]
    legal, sales = changes
    assert (legal.estimate.status, legal.p) == (Status.SUPPRESSED, None)
    assert sales.estimate.value == pytest.approx(-0.5)
    assert sales.metric == "favourable_change"


def test_hidden_and_coded_groups_are_not_drawn_together() -> None:
    rows = [
        of("A", 10, 40),
        of("B", 20, 30),
        of("C", 12, 20),
        of("D", np.nan, 30, coded="low"),
        of("E", np.nan, np.nan, withheld=HIDDEN),
    ]
    found = {change.about["group"]: change.estimate for change in drawn_together(cut(*rows))}
    assert [found[name].status for name in "ABCDE"] == [*[Status.OK] * 3, Status.CODED, Status.SUPPRESSED]
    assert found["E"].value is None
    assert (found["A"].basis or "").startswith("drawn towards 47 % of 3 groups")
    fewer = {change.about["group"]: change.estimate for change in drawn_together(cut(*rows[1:]))}
    assert fewer["B"].status is Status.INSUFFICIENT_N
