"""Every crisis a dot: one interval crisis by crisis, all intervals beside each other."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from metrics.estimate import Better, Estimate, Status, absent
from reports.figures import style
from reports.figures.incidents import SHOWN, every_interval, one_interval
from tests.reports.figures.looking import named, trace, visible

ID = "time_to_first_statement"


def crises(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {
        "id": ID, "label": "Thread", "crisis": "thread", "began": pd.Timestamp("2026-03-02", tz="UTC"), "value": 4.0,
        "lo": None, "hi": None, "unit": "hours", "status": "ok", "target": 3.0, "reason": None, "better": "lower",
    }  # fmt: skip
    return pd.DataFrame([usual | row for row in rows])


def median(value: float | None = 5.0, lo: float | None = None, hi: float | None = None, n: int = 6) -> Estimate:
    if value is None:
        return absent(Status.NOT_REACHED, "too few so far", unit="hours", better=Better.LOWER, n=n)
    return Estimate(value=value, lo=lo, hi=hi, unit="hours", n=n, better=Better.LOWER)


def values(figure: go.Figure) -> list[str]:
    return [visible(a.text) for a in named(figure, "value")]


def test_what_is_late_open_or_unclear_has_a_mark_of_its_own() -> None:
    rows = crises(
        {"value": 2.0}, {"value": 9.0}, {"value": 1.0, "status": "lower_bound", "reason": "still open"},
        {"value": 12.0, "lo": 0.0, "hi": 24.0}, {"value": None, "status": "undefined", "reason": "missed"},
    )  # fmt: skip
    figure = one_interval(rows, median())
    assert list(trace(figure, "Within target").x) == [2.0]
    assert trace(figure, "Past target").marker.symbol == "diamond"
    assert trace(figure, "Still running").marker.symbol == "triangle-right-open"
    assert trace(figure, "No target, or unclear").marker.color == style.OTHERS
    assert values(figure) == ["2 h", "9 h", "at least 1 h", "about 12 h", "missed", "5 h"]
    assert [visible(a.text) for a in named(figure, "key")] == [
        "● Within target", "◆ Past target", "● No target, or unclear", "▷ Still running", "┃ Target", "☐ Median",
    ]  # fmt: skip


def test_the_alternative_text_states_the_finding_first() -> None:
    alt = style.alt(one_interval(crises({"value": 2.0}, {"value": 9.0, "label": "Ticket"}), median(n=2)))
    assert alt == "1 of 2 crises within target. Median 5 h. Thread: 2 h; Ticket: 9 h."


def test_targets_run_through_their_rows_and_the_interval_is_a_band() -> None:
    figure = one_interval(crises({}, {"target": 6.0}, {"target": None}), median(5.0, 2.0, 9.0))
    target = trace(figure, "Target")
    assert list(target.x) == [3.0, 3.0, None, 6.0, 6.0, None]
    assert list(target.y) == [-0.5, 0.5, None, 0.5, 1.5, None]
    assert "95 % between 2 h and 9 h" in trace(figure, "Median, with its 95 % interval").hovertext[0]
    assert [list(t.x) for t in figure.data if t.mode == "lines" and t.name is None] == [[2.0, 9.0]]


def test_many_crises_keep_a_dot_each_in_one_row_below_the_newest() -> None:
    some = [{"value": 1.0 + n, "label": f"Crisis {n}", "target": None} for n in range(300)]
    some[-1] = {"value": None, "status": "undefined", "reason": "missed", "target": None}
    figure = one_interval(crises(*some), median(n=300))
    assert len(trace(figure, "Crisis").x) == 299
    names = [visible(a.text) for a in named(figure, "row")]
    assert len(names) == SHOWN + 2
    assert names[-2:] == ["288 earlier crises", "Median of 300"]
    assert values(figure)[-2:] == ["1 missed", "5 h"]
    assert figure.layout.height < 700


def test_a_median_that_is_not_reached_is_said() -> None:
    assert values(one_interval(crises({}, {}), median(None)))[-1] == "not yet"


def test_one_crisis_has_no_median_of_its_own() -> None:
    assert values(one_interval(crises({}), median(n=1))) == ["4 h"]


def test_business_hours_do_not_add_up_to_days() -> None:
    figure = one_interval(crises({"id": f"{ID}_business", "value": 37.0}), median())
    assert values(figure)[0] == "37 h"
    assert "24 h" in figure.layout.xaxis.ticktext


def test_every_interval_shows_medians_over_dots_and_who_has_none() -> None:
    medians = crises({"label": "Time to first statement", "value": 5.0}, {"id": "time_to_review", "label": "Time to review", "unit": "days", "value": 26.0, "target": 30.0})  # fmt: skip
    dots = crises({"crisis": "a"}, {"crisis": "b", "value": None, "status": "undefined", "reason": "missed"}, {"crisis": "a", "id": "time_to_review", "unit": "days", "value": 26.0})  # fmt: skip
    figure = every_interval(medians, dots)
    assert values(figure) == ["5 h1 missed", "26 days"]
    assert list(trace(figure, "Median").x) == [5.0, 624.0]
    assert (
        style.alt(figure) == "Medians of the response to crises. Time to first statement: 5 h; Time to review: 26 days."
    )


def test_nothing_recorded_is_a_sentence() -> None:
    assert "No crisis" in style.alt(one_interval(crises().reindex(columns=["id"]), median()))
    assert "No response time" in style.alt(every_interval(pd.DataFrame(), pd.DataFrame()))
