from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.catalogue import ALL
from metrics.effectiveness import Seen
from metrics.estimate import Better, Estimate
from metrics.findings.strengths import standing, strength
from metrics.strengths import Kept, follow, kept

METRIC = "time_to_first_statement"
IT = {"since": pd.Timestamp("2026-01-02"), "crisis": "c1", "metric": METRIC, "target": 3.0}


def followed(*hours: float, tested: bool = True, **fields: Any) -> Any:
    """What crises on the second of each month say of a strength that the first of them showed."""
    crises = [
        Seen(f"c{n}", pd.Timestamp(2026, n, 2), Estimate(value=h, unit="hours", n=1, better=Better.LOWER), tested)
        for n, h in enumerate(hours, start=1)
    ]
    return follow(IT | fields, crises, ALL.get(METRIC))


@pytest.mark.parametrize(
    ("hours", "state", "said"),
    [
        ((2,), Kept.NOT_EXERCISED, "L-1 is not exercised: no crisis since 2026-01-02 put it to the test."),
        ((2, 2.5), Kept.KEPT, "L-1 was kept: 2 h 30 min in c2, within the target of 3 h."),
        ((2, 5), Kept.LOST, "L-1 was lost: 5 h in c2, against 3 h."),
        ((2, 2, 5), Kept.LOST, "L-1 was lost: 5 h in c3, against 3 h."),
        ((2, 5, 2), Kept.KEPT, "L-1 was kept: 2 h in c3, within the target of 3 h."),  # the latest counts
    ],
)
def test_each_later_crisis_says_kept_or_lost(hours: tuple[float, ...], state: Kept, said: str) -> None:
    found = followed(*hours)
    assert found.state is state
    assert strength("L-1", found, 3.0) == said
    assert [kept(one.effect) for one in found.tries] == [Kept.KEPT if h <= 3 else Kept.LOST for h in hours[1:]]


def test_what_can_t_be_judged_says_why() -> None:
    assert followed(2, 5, metric=None).reason == "the strength names no metric"
    assert followed(2, 5, target=float("nan")).reason == "the strength names no target"
    assert followed(2, 5, since=pd.NaT).reason == "nobody said when it was observed"
    assert followed(2, 5, tested=False).state is Kept.NOT_EXERCISED
    assert kept(None) is None


def test_the_standing_in_words() -> None:
    a, b, c = Kept.KEPT, Kept.LOST, Kept.NOT_EXERCISED
    assert standing([]) == "No strength is recorded yet."
    assert standing([c]) == "1 strength is recorded; no crisis has put one to the test since."
    assert standing([a, c]) == "The one strength that a later crisis put to the test was kept."
    assert standing([b]) == "The one strength that a later crisis put to the test was lost."
    assert standing([a, a]) == "Both strengths that a later crisis put to the test were kept."
    assert standing([a, b, c]) == "One of two strengths that a later crisis put to the test was lost."
