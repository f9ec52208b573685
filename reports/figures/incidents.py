"""Every crisis a dot on a logarithmic axis of time: one interval crisis by crisis, or all intervals beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from metrics.estimate import Estimate
from metrics.targets import Verdict
from metrics.words import opened, plural
from reports.figures import style
from reports.figures.dots import Lane, Median, draw
from reports.figures.intervals import NARROW_TITLE, TITLE, Interval
from reports.figures.text import absent, fit, lines_fit

SHOWN = 12
"""Crises that have a row of their own; older ones share one."""
NAMES = 340
"""Pixels for the titles of crises on a wide screen."""


def one_interval(crises: pd.DataFrame, median: Estimate, *, width: int = style.WIDTH) -> go.Figure:
    """A row a crisis, the newest on top, older ones together in one, and the median with its interval below.

    Parameters
    ----------
    crises : DataFrame
        The rows of `response_intervals` with the columns began (timestamp or NaT) and label (the crisis's title), the
        newest first.
    median : Estimate
        Of all crises, in the unit of the rows.
    width : int
        Pixels that names and ticks are laid out for.
    """
    if crises.empty:
        return style.missing("No crisis is recorded yet.")
    dots = [Interval(row, y) for y, row in enumerate(style.rows(crises))]
    lanes = [
        Lane(tuple(_named(dot, began, width)), (dot,), (dot.words,), None, dot.hover)
        for dot, began in zip(dots[:SHOWN], crises["began"], strict=False)
    ]
    rest = tuple(dots[SHOWN:])
    if rest:
        lanes.append(Lane((plural(len(rest), "earlier crisis", "earlier crises"),), rest, _without(rest)))
    middle = _median(median, dots[0].id.endswith("_business"))
    if len(dots) > 1 and median.n:
        told = ("not yet", "") if middle is None else (middle.words, middle.hover)
        lanes.append(Lane((f"Median of {median.n}",), (), told[:1], middle, told[1]))
    return draw(lanes, width, _title(width, NAMES), _alt_of_crises(dots, middle))


def every_interval(medians: pd.DataFrame, crises: pd.DataFrame, *, width: int = style.WIDTH) -> go.Figure:
    """A row an interval: every crisis a dot, the median a square with its interval.

    Parameters
    ----------
    medians : DataFrame
        id, label, value, lo, hi, unit, status, target, reason, better of each interval's median; NaN where there is none.
    crises : DataFrame
        The same of every crisis, label being the interval's, with a column crisis.
    """
    if crises.empty or medians.empty:
        return style.missing("No response time can be measured yet: no crisis has a timeline.")
    lanes = []
    for row in style.rows(medians):
        some = crises[crises["id"] == row.id].assign(label=lambda frame: frame["crisis"])
        dots = tuple(Interval(dot, 0) for dot in style.rows(some))
        ends = [None if absent(end) else float(end) for end in (row.value, row.lo, row.hi)]
        middle = None if ends[0] is None else Median(ends[0], ends[1], ends[2], row.unit, row.id.endswith("_business"))
        words = "not yet" if middle is None else middle.words
        name = row.label if width >= 640 else opened(row.label.removeprefix("Time to "))
        about = "" if middle is None else middle.hover
        lanes.append(
            Lane(tuple(lines_fit(name, _title(width) - 14, style.SIZE)), dots, (words, *_without(dots)), middle, about)
        )
    return draw(lanes, width, _title(width), _alt_of_medians(medians, lanes))


def _title(width: int, wide: int = TITLE) -> int:
    return wide if width >= 640 else NARROW_TITLE


def _named(dot: Interval, began: pd.Timestamp, width: int) -> tuple[str, str]:
    when = "no start recorded" if absent(began) else f"{began.day} {began:%b %Y}"
    return fit(dot.label, _title(width, NAMES) - 14, style.SIZE), when


def _without(dots: Sequence[Interval]) -> tuple[str, ...]:
    """How many of the crises have no dot, and why."""
    missed, unknown = sum(dot.missed for dot in dots), sum(dot.hours is None and not dot.missed for dot in dots)
    told = [f"{missed} missed"] * bool(missed) + [f"{unknown} unknown"] * bool(unknown)
    return (", ".join(told),) if told else ()


def _median(median: Estimate, business: bool) -> Median | None:
    return None if median.number is None else Median(median.number, median.lo, median.hi, median.unit, business)


def _alt_of_crises(dots: Sequence[Interval], median: Median | None) -> str:
    judged = [dot for dot in dots if dot.verdict in (Verdict.MET, Verdict.NOT_MET)]
    met = sum(dot.verdict is Verdict.MET for dot in judged)
    first = f"{met} of {plural(len(judged), 'crisis', 'crises')} within target. " if judged else ""
    middle = f"Median {median.words}. " if median and len(dots) > 1 else ""
    return first + middle + "; ".join(f"{dot.label}: {dot.words}" for dot in dots) + "."


def _alt_of_medians(medians: pd.DataFrame, lanes: Sequence[Lane]) -> str:
    told = [f"{label}: {lane.words[0]}" for label, lane in zip(medians["label"], lanes, strict=True)]
    return f"Medians of the response to crises. {'; '.join(told)}."
