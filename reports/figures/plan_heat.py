"""The state of the plan: sections × crises, a cell the state of the section's worst step, as a word or a shape on a tint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from metrics.plan_state import FAILED, Held
from metrics.words import date, listed, plural
from reports.figures import style
from reports.figures.key import Entry, Key
from reports.figures.text import fit, hover, lines_fit, plain, safe
from reports.figures.text import width as text_width

ROW, RIGHT = 40, 8
_HEAD = 2 * style.LINE + 10
#: From which width of a cell its word stands beside its shape.
_WORD = 104
#: State → its shape, what it is called, its colour, and the tint of its cell.
_LOOK = {
    Held.HELD: ("●", "held", style.GREEN, "rgba(0,158,115,0.26)"),
    Held.LATE: ("▲", "late", style.VERMILLION, "rgba(213,94,0,0.18)"),
    Held.MISSED: ("✕", "missed", style.VERMILLION, "rgba(213,94,0,0.42)"),
    Held.OUT_OF_ORDER: ("◆", "out of order", style.PURPLE, "rgba(204,121,167,0.34)"),
    Held.UNCLEAR: ("?", "can't be told", style.GREY, "rgba(128,128,128,0.26)"),
    Held.NOT_EXERCISED: ("○", "not exercised", style.GREY, "rgba(128,128,128,0.07)"),
}
_STATES = list(_LOOK)


def plan_heat(cells: pd.DataFrame, sections: Sequence[str], *, width: int = style.WIDTH) -> go.Figure:
    """A heat map in words.

    Parameters
    ----------
    cells : DataFrame
        section, crisis, title, began (naive day), plan, state (`metrics.plan_state.Held`), on_time, tested, failed
        (names of steps); one row a section and crisis, crises oldest first.
    sections : sequence of str
        The rows, from the top.
    width : int
        Pixels that cells and names are laid out for.
    """
    if cells.empty:
        return style.missing("No crisis began while a plan was in force, so no section can be judged yet.", 200)
    crises = cells.drop_duplicates("crisis")
    left = min(max(text_width(plain(name), style.SMALL) for name in sections) + 14, 0.3 * width)
    room = (width - left - RIGHT) / len(crises)
    codes = list(crises["crisis"])
    by_place = {(row.section, row.crisis): row for row in style.rows(cells)}
    key = Key([Entry(*_LOOK[state][:3]) for state in _STATES if state in set(cells["state"])], width)
    fig = go.Figure()
    fig.add_heatmap(
        x=list(range(len(codes))),
        y=list(range(len(sections))),
        z=[[_level(by_place.get((s, c))) for c in codes] for s in sections],
        hovertext=[[_hover(by_place.get((s, c))) for c in codes] for s in sections],
        hoverinfo="text",
        colorscale=_scale(),
        zmin=-0.5,
        zmax=len(_STATES) - 0.5,
        showscale=False,
        xgap=3,
        ygap=3,
        name="State of the plan",
    )
    for (
        section,
        code,
    ), cell in by_place.items():  # a heat map's own text takes its ink from the cell, not from the page
        middle = {"x": codes.index(code), "y": list(sections).index(section)}
        fig.add_annotation(style.label(_word(cell, room), **middle))
        if cell.state in FAILED:
            _outline(fig, cell, **middle)
    top = _HEAD + key.height
    style.base(fig, top + ROW * len(sections) + 8, alt=_alt(cells, crises), left=round(left), right=RIGHT, top=top)
    fig.update_layout(margin_b=8)
    heads = ["<br>".join(map(safe, _head(row, room))) for row in style.rows(crises)]
    fig.update_xaxes(tickvals=list(range(len(codes))), ticktext=heads, side="top", showgrid=False, tickangle=0)
    names = [safe(fit(name, left - 12, style.SMALL)) for name in sections]
    fig.update_yaxes(
        range=[len(sections) - 0.5, -0.5], tickvals=list(range(len(sections))), ticktext=names, showgrid=False
    )
    key.add(fig, round(left), _HEAD)
    return fig


def _outline(fig: go.Figure, cell: Any, x: int, y: int) -> None:
    """A frame around a cell that did not hold, so that it is found at a glance."""
    colour = _LOOK[Held(cell.state)][2]
    corners = {"x0": x - 0.47, "x1": x + 0.47, "y0": y - 0.44, "y1": y + 0.44}
    fig.add_shape(type="rect", line={"color": colour, "width": 1.5}, **corners)


def _level(cell: Any) -> int | None:
    return None if cell is None else _STATES.index(Held(cell.state))


def _word(cell: Any, room: float) -> str:
    shape, word, *_ = _LOOK[Held(cell.state)]
    return f"{shape} {word}" if room >= _WORD else shape


def _head(row: Any, room: float) -> list[str]:
    return lines_fit(row.title, room - 4, style.SMALL) if room >= _WORD else [f"{row.began:%b}", f"{row.began:%Y}"]


def _hover(cell: Any) -> str:
    if cell is None:
        return ""
    word = _LOOK[Held(cell.state)][1]
    counted = (
        f"{cell.on_time} of {plural(cell.tested, 'step')} on time" if cell.tested else "no step was put to the test"
    )
    failed = f"Did not hold: {safe(listed(list(cell.failed)), 120)}" if cell.failed else ""
    where = f"{safe(cell.title, 80)}, {date(cell.began)}, by plan {safe(cell.plan, 40)}"
    return hover(f"<b>{safe(cell.section, 80)}: {word}</b>", counted, failed, where)


def _scale() -> list[list[Any]]:
    """One flat colour a state."""
    step = 1 / len(_STATES)
    return [[edge, _LOOK[state][3]] for n, state in enumerate(_STATES) for edge in (n * step, (n + 1) * step)]


def _alt(cells: pd.DataFrame, crises: pd.DataFrame) -> str:
    failed = cells[cells["state"].isin(FAILED)]
    told = [
        f"{plain(row.title)}: {listed([f'{plain(c.section)} {_LOOK[Held(c.state)][1]}' for c in style.rows(failed[failed['crisis'] == row.crisis])])}"
        for row in style.rows(crises)
        if row.crisis in set(failed["crisis"])
    ]
    return f"State of the plan over {plural(len(crises), 'crisis', 'crises')}. " + (
        f"Did not hold, {'; '.join(told)}." if told else "Every section that was put to the test held."
    )
