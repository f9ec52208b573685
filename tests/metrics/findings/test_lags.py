from __future__ import annotations

import pandas as pd
import pytest

from metrics.estimate import Estimate, Status, absent
from metrics.findings import lags as said
from metrics.lags import lags
from tests.metrics.test_lags import DAY0, days


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (1, "The first statement came 1 day before volume peaked."),
        (4, "The first statement came 2 days after volume peaked."),
        (2, "The first statement came on the day on which volume peaked."),
        (None, "How the first statement stood to the peak of volume can't be told: no first statement: nobody asked."),
    ],
)
def test_the_statement_against_the_peak(statement: float | None, sentence: str) -> None:
    found = lags(days(statement, 2, 3.5, 2, 20, 52))
    assert said.statement(found["lag_statement_to_volume_peak"]) == sentence


def test_the_order_of_all() -> None:
    assert said.order(days(1, 2, 3.46, 2, 20, None), DAY0) == (
        "First statement on day 1, volume peak and lowest sentiment on day 2, half-life on day 3.5 "
        "and lowest reputation on day 20."
    )
    assert said.order(days(None, 2, None, None, None, None), DAY0) is None


def test_what_has_no_day_is_named_with_its_reason() -> None:
    assert said.missing(days(1, 2, 3, 4, 5, 6)) is None
    assert said.missing(days(1, 2, 3, 4, None, None)) == (
        "Without a day: lowest reputation (nobody asked) and lowest morale (nobody asked)."
    )
    points = days(1, 2, 3, 4, 5, 6) | {"half_life": absent(Status.NOT_REACHED, "not yet", unit="date")}
    assert said.missing(points) == "Without a day: half-life (not yet)."


def test_a_point_before_the_start_has_a_minus() -> None:
    points = days(-1, 2, None, None, None, None)
    assert said.order(points, pd.Timestamp(DAY0)) == "First statement on day −1 and volume peak on day 2."
    assert isinstance(points["half_life"], Estimate)
