"""Morale over time: a dot and an interval for each survey wave, crises as bands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from metrics.estimate import Status
from metrics.words import number, percent, plural, signed
from reports.figures import style
from reports.figures.bands import TOP, add_bands
from reports.figures.text import absent, hover, plain, safe

HEIGHT, LEFT, RIGHT, BOTTOM = 360, 56, 40, 32


def morale_trend(
    waves: pd.DataFrame, *, crises: pd.DataFrame | None = None, unit: str = "share", width: int = style.WIDTH
) -> go.Figure:
    """Dots with their 95 % intervals by the day on which each wave closed; hollow where the value is withheld.

    Parameters
    ----------
    waves : DataFrame
        wave str, closed_on (naive day), value, lo, hi float or NaN, status (of `Estimate`). "coded" has lo and hi of
        its band and no value; what is not "ok" or "coded" is drawn as hidden, without any number.
    crises : DataFrame, optional
        label str, start, end (naive days; end NaT: still open).
    unit : str
        "share" (0–1, shown as %), "enps" (−100…100), or the words after the number ("of 5").
    width : int
        Pixels that names are laid out for.
    """
    known = waves[waves["closed_on"].notna()].sort_values(["closed_on", "wave"]).reset_index(drop=True)
    if known.empty:
        return style.missing("No survey wave is stored: import a survey.", HEIGHT)
    if unit == "share":
        known = known.assign(**{column: known[column].astype(float) * 100 for column in ("value", "lo", "hi")})
    shown = known[known["status"].astype(str) == Status.OK]
    shown = shown[shown["value"].notna()]
    coded = known[(known["status"].astype(str) == Status.CODED) & known["lo"].notna() & known["hi"].notna()]
    hidden = known.drop(index=[*shown.index, *coded.index])
    said = _said(unit)
    first, last = style.day_span(*_span(known, crises))
    low, high = _limits(shown, coded, unit)
    fig = go.Figure()
    add_bands(fig, crises, first, last, width - LEFT - RIGHT, RIGHT)
    _add_line(fig, known, shown)
    _add_shown(fig, shown, said)
    _add_coded(fig, coded, said)
    _add_hidden(fig, hidden, low + (high - low) * 0.04)
    alt = _alt(shown, len(coded) + len(hidden), said)
    style.base(fig, HEIGHT, alt=alt, left=LEFT, right=RIGHT, top=TOP)
    style.day_axis(fig, first, last)
    fig.update_yaxes(range=[low, high], nticks=6, tickformat="~g", ticksuffix=" %" if unit == "share" else "")
    fig.update_layout(margin_b=BOTTOM + (20 if len(coded) + len(hidden) else 0))
    if len(coded) + len(hidden):
        place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top"}
        note = "○ hidden, or a band, to protect who answered"
        fig.add_annotation(style.label(note, **place, yshift=-26, opacity=style.QUIET, name="note"))
    return fig


def _said(unit: str) -> Callable[[float], str]:
    """How a value of `unit` is said."""
    if unit == "share":
        return lambda value: percent(value / 100)
    if unit == "enps":
        return lambda value: signed(value, 0)
    return lambda value: f"{number(value)} {safe(unit, 20)}"


def _span(waves: pd.DataFrame, crises: pd.DataFrame | None) -> tuple[pd.Timestamp, pd.Timestamp]:
    days = [*waves["closed_on"]]
    if crises is not None:
        days += [d for column in ("start", "end") for d in crises[column] if not absent(d)]
    first, last = min(days), max(days)
    pad = max((last - first) * 0.04, pd.Timedelta(days=10))
    return first - pad, last + pad


def _limits(shown: pd.DataFrame, coded: pd.DataFrame, unit: str) -> tuple[float, float]:
    """The scale around all intervals, with air for the values' labels."""
    values = [v for frame in (shown, coded) for c in ("value", "lo", "hi") for v in frame[c] if not absent(v)]
    if not values:
        return {"enps": (-100.0, 100.0), "share": (0.0, 100.0)}.get(unit, (0.0, 1.0))
    least = {"share": 20.0, "enps": 40.0}.get(unit, 1.0)
    low, high = min(values), max(values)
    air = max((high - low) * 0.15, (least - (high - low)) / 2)
    return low - air, high + air


def _add_line(fig: go.Figure, known: pd.DataFrame, shown: pd.DataFrame) -> None:
    """A faint line from wave to wave that breaks where a value is withheld."""
    values = shown["value"].reindex(known.index)
    fig.add_scatter(
        x=[f"{day:%Y-%m-%d}" for day in known["closed_on"]],
        y=[None if absent(v) else float(v) for v in values],
        mode="lines",
        line={"color": style.GRID, "width": 1.5},
        connectgaps=False,
        hoverinfo="skip",
        name="From wave to wave",
    )


def _add_shown(fig: go.Figure, shown: pd.DataFrame, said: Callable[[float], str]) -> None:
    if shown.empty:
        return
    rows = style.rows(shown)
    fig.add_scatter(
        x=[f"{r.closed_on:%Y-%m-%d}" for r in rows],
        y=[float(r.value) for r in rows],
        error_y=_error([r.value for r in rows], [r.lo for r in rows], [r.hi for r in rows]),
        mode="markers+text" if len(rows) <= 12 else "markers",
        marker={"size": 10, "color": style.OURS},
        text=[f" {said(float(r.value))}" for r in rows],
        textposition="top right",
        textfont={"size": style.SMALL},
        name="Waves",
        hovertext=[_hover(r, said) for r in rows],
        hoverinfo="text",
        cliponaxis=False,
    )


def _error(values: list[Any], lows: list[Any], highs: list[Any]) -> dict[str, Any]:
    """Plotly's distances up and down from the value; none where an end is missing."""
    up = [0 if absent(h) else max(float(h) - float(v), 0) for v, h in zip(values, highs, strict=True)]
    down = [0 if absent(b) else max(float(v) - float(b), 0) for v, b in zip(values, lows, strict=True)]
    look = {"color": style.OURS, "thickness": 2, "width": 0}
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, **look}


def _add_coded(fig: go.Figure, coded: pd.DataFrame, said: Callable[[float], str]) -> None:
    """The band that is all that may be said, and a hollow dot in its middle."""
    if coded.empty:
        return
    rows = style.rows(coded)
    middles = [(float(r.lo) + float(r.hi)) / 2 for r in rows]
    fig.add_scatter(
        x=[f"{r.closed_on:%Y-%m-%d}" for r in rows],
        y=middles,
        error_y=_error(middles, [r.lo for r in rows], [r.hi for r in rows]),
        mode="markers",
        marker=_hollow(),
        name="In this band",
        hovertext=[hover(_title(r), f"Between {said(float(r.lo))} and {said(float(r.hi))}") for r in rows],
        hoverinfo="text",
        cliponaxis=False,
    )


def _add_hidden(fig: go.Figure, hidden: pd.DataFrame, y: float) -> None:
    """A hollow dot at the foot of the plot: there was a wave, and its value is not shown."""
    if hidden.empty:
        return
    rows = style.rows(hidden)
    fig.add_scatter(
        x=[f"{r.closed_on:%Y-%m-%d}" for r in rows],
        y=[y] * len(rows),
        mode="markers",
        marker=_hollow(),
        name="Hidden",
        hovertext=[hover(_title(r), "Hidden: too few answers to be shown") for r in rows],
        hoverinfo="text",
        cliponaxis=False,
    )


def _hollow() -> dict[str, Any]:
    return {"symbol": "circle-open", "size": 11, "color": style.OURS, "line": {"width": 2, "color": style.OURS}}


def _title(row: Any) -> str:
    return f"<b>{safe(row.wave)}</b>, closed {row.closed_on.day} {row.closed_on:%b %Y}"


def _hover(row: Any, said: Callable[[float], str]) -> str:
    interval = "" if absent(row.lo) or absent(row.hi) else f"Interval {said(float(row.lo))} to {said(float(row.hi))}"
    return hover(_title(row), f"<b>{said(float(row.value))}</b>", interval)


def _alt(shown: pd.DataFrame, withheld: int, said: Callable[[float], str]) -> str:
    told = [f"{plain(r.wave)} {said(float(r.value))}" for r in style.rows(shown)]
    first = f"Morale by survey wave: {', '.join(told)}." if told else "Morale by survey wave: no value can be shown."
    return first + (f" {plural(withheld, 'wave')} hidden." if withheld else "")
