"""Where the time to the first public statement went in several crises, on one scale."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from metrics.words import duration, opened, percent
from reports.figures import style
from reports.figures.intervals import NARROW_TITLE, VALUE
from reports.figures.key import Entry, Key
from reports.figures.text import fit, hover, safe, wrapped

ROW, BAR, NAMES, BOTTOM, NARROW_VALUE = 40, 22, 300, 36, 80
"""Pixels: a row and the bar in it, the left margin on a wide screen, that below, the right margin on a narrow one."""


def statement_paths(crises: pd.DataFrame, path: pd.DataFrame, *, width: int = style.WIDTH) -> go.Figure:
    """A bar a crisis from detection to the first statement, its parts in the same colours everywhere.

    Parameters
    ----------
    crises : DataFrame
        code, title str, from top to bottom.
    path : DataFrame
        crisis (code), segment, label str, hours float or NaN (nothing to show), in order of time.
    """
    known = path[path["hours"].notna() & path["crisis"].isin(crises["code"])]
    if known.empty or known["hours"].clip(lower=0).sum() == 0:
        return style.missing("The steps before the first statement are not recorded in these crises.", 120)
    labels = list(dict.fromkeys(known["label"]))
    colours = {label: style.SERIES[n % len(style.SERIES)] for n, label in enumerate(labels)}
    key = Key([Entry("■", opened(str(label)), colours[label]) for label in labels], width)
    left, right = (NAMES, VALUE) if width >= 640 else (NARROW_TITLE, NARROW_VALUE)
    fig = go.Figure()
    totals = []
    for y, crisis in enumerate(style.rows(crises)):
        parts = known[known["crisis"] == crisis.code]
        total = float(parts["hours"].clip(lower=0).sum())
        totals.append((crisis.title, total, parts))
        _add_bar(fig, y, crisis, parts, total, colours)
        _add_texts(fig, y, crisis.title, duration(total) if total else "not recorded", left)
    style.base(fig, key.height + ROW * len(crises) + BOTTOM, alt=_alt(totals), left=left, right=right, top=key.height)
    key.add(fig, left)
    fig.update_layout(barmode="overlay")
    longest = max(total for _, total, _ in totals)
    step = next((s for s in (0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 168, 720) if longest / s <= 6), 2160)
    ticks = [n * step for n in range(int(longest / step) + 2)]
    texts = [duration(t) if t else "detected" for t in ticks]
    fig.update_xaxes(range=[0, longest * 1.02], tickmode="array", tickvals=ticks, ticktext=texts, tickangle=0)
    fig.update_yaxes(visible=False, range=[len(crises) - 0.5, -0.5])
    return fig


def _add_bar(fig: go.Figure, y: int, crisis: Any, parts: pd.DataFrame, total: float, colours: dict[str, str]) -> None:
    start = 0.0
    for part in style.rows(parts):
        hours = max(float(part.hours), 0.0)
        share = f"{duration(hours)}, {percent(hours / total)} of {duration(total)}" if total else duration(hours)
        text = hover(f"<b>{safe(crisis.title)}</b>", safe(opened(str(part.label))), share)
        place = {"x": [hours], "y": [y], "base": [start], "orientation": "h", "width": [BAR / ROW]}
        look = {"color": colours[part.label], "line": {"width": 0}}
        fig.add_bar(**place, name=safe(opened(str(part.label))), marker=look, hovertext=[text], hoverinfo="text")
        start += hours


def _add_texts(fig: go.Figure, y: int, title: str, total: str, room: int) -> None:
    left = {"x": 0, "xanchor": "right", "xshift": -8, "xref": "paper", "y": y, "hovertext": wrapped(title)}
    fig.add_annotation(style.label(safe(fit(title, room - 14, style.SMALL)), **left, name="crisis"))
    right = {"x": 1, "xanchor": "left", "xshift": 8, "xref": "paper", "y": y}
    fig.add_annotation(style.label(f"<b>{safe(total)}</b>", **right, name="total"))


def _alt(totals: list[tuple[str, float, pd.DataFrame]]) -> str:
    told = []
    for title, total, parts in totals:
        if not total:
            told.append(f"{fit(title, 400)}: not recorded")
            continue
        longest = parts.iloc[parts["hours"].argmax()]
        told.append(
            f"{fit(title, 400)}: {duration(total)}, longest {longest['label']} {duration(float(longest['hours']))}"
        )
    return f"From detection to the first public statement. {'; '.join(told)}."
