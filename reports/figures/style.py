"""How every figure looks: one palette, one type scale, transparent grounds that sit on a light or a dark page.

No figure sets a colour of text: who shows it calls `inked` with the page's theme (Streamlit's own grey for charts has a
contrast of less than 4:1 on white). Marks use the Okabe–Ito colours (Okabe & Ito, *Color
universal design*, 2008) that keep a contrast of 3:1 with white and with Streamlit's dark ground alike; quieter text is
made so by opacity. Colour never carries a meaning alone: a shape, a position or a word says the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.figures.text import plain, wrapped

BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
GREY = "#808080"

OURS = BLUE
LATE = VERMILLION
OTHERS = GREY
SERIES = (BLUE, VERMILLION, GREEN, PURPLE, GREY)

CLEAR = "rgba(0,0,0,0)"
GRID = "rgba(128,128,128,0.25)"
RULE = "rgba(128,128,128,0.60)"
SHADE = "rgba(128,128,128,0.14)"
STRIPE = "rgba(128,128,128,0.06)"
NORMAL = "rgba(0,158,115,0.16)"

INK = {"light": "#31333F", "dark": "#FAFAFA"}
"""Colour of text on each ground, for `inked`: Streamlit's own text colours."""

SIZE = 13
SMALL = 12
LINE = 16
"""Height in pixels of one line of text of `SIZE`."""
QUIET = 0.85
"""Opacity of secondary text."""

WIDTH = 980
"""Pixels beside the sidebar of a 1440 px screen: what labels are laid out for unless a caller says otherwise."""

NARROW = 360
"""The same for a telephone: what a page passes as `width` to a reader whose screen is one."""

CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}
"""What a page or a document hands to Plotly with a figure."""


def base(fig: go.Figure, height: int = 400, *, alt: str, left: int = 8, right: int = 8, top: int = 8) -> go.Figure:
    """Give `fig` the house's ground, type, grid, hover and margins, and its text alternative.

    Parameters
    ----------
    fig : Figure
        Changed in place and returned. Set axes' own titles, ranges and ticks afterwards or before; both hold.
    height, left, right, top : int
        Pixels; the bottom margin grows with the tick labels.
    alt : str
        The sentence that a person who cannot see the figure is read: the finding, not the kind of chart.
    """
    fig.update_layout(
        height=height,
        margin={"l": left, "r": right, "t": top, "b": 36, "pad": 0},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"size": SIZE},
        hovermode="closest",
        hoverdistance=24,
        hoverlabel={"align": "left", "font": {"size": SIZE}, "namelength": -1},
        dragmode=False,
        showlegend=False,
        bargap=0.15,
        legend=_legend(),
        modebar={"remove": ["zoom", "pan", "select", "lasso", "zoomin", "zoomout", "autoscale", "reset", "toimage"]},
        meta={"alt": plain(alt, 1000)},
    )
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": GRID,
        "linecolor": RULE,
        "tickcolor": RULE,
        "tickfont": {"size": SMALL},
    }
    fig.update_xaxes(axis)
    fig.update_yaxes(axis)
    return fig


def _legend() -> dict[str, Any]:
    """A key in one line above the plot that cannot be clicked away."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "bgcolor": CLEAR,
        "font": {"size": SMALL},
        "itemclick": False,
        "itemdoubleclick": False,
        "itemsizing": "trace",
    }


def alt(fig: go.Figure) -> str:
    """The text alternative of `fig`, as plain text: escape it wherever it becomes HTML or Markdown."""
    meta = fig.layout.meta
    return str(meta.get("alt", "")) if isinstance(meta, dict) else ""


def inked(fig: go.Figure, theme: str | None) -> go.Figure:
    """A copy of `fig` with all text in the ink of a "light" or "dark" page; with None the page's chart theme decides.

    Ticks and titles are set one by one because Streamlit's chart theme colours them itself.
    """
    copy = go.Figure(fig)
    if theme in INK:
        ink = {"font": {"color": INK[theme]}}
        copy.update_layout(ink)
        copy.update_layout(legend=ink)
        copy.update_xaxes(tickfont_color=INK[theme], title_font_color=INK[theme])
        copy.update_yaxes(tickfont_color=INK[theme], title_font_color=INK[theme])
    return copy


def missing(sentence: str, height: int = 400) -> go.Figure:
    """A figure of one sentence that says what is not there to be drawn, and what would bring it."""
    fig = base(go.Figure(), height, alt=sentence)
    fig.update_xaxes(visible=False, range=[0, 1])
    fig.update_yaxes(visible=False, range=[0, 1])
    text = wrapped(sentence, 44)
    fig.add_annotation(text=text, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, opacity=QUIET)
    return fig


def label(text: str, **place: Any) -> dict[str, Any]:
    """An annotation without an arrow in the house's type; `text` is already safe, `place` holds x, y and anchors."""
    return {"text": text, "showarrow": False, "font": {"size": SMALL}, "borderpad": 0, "align": "left", **place}


def rows(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame as named tuples, in its order."""
    return list(frame.itertuples())


def day_span(first: pd.Timestamp, last: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last moment of a day axis: at least a fortnight, so that its ticks are days."""
    lack = max(pd.Timedelta(days=14) - (last - first), pd.Timedelta(0)) / 2
    return first - lack, last + lack


def day_axis(fig: go.Figure, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Make every x axis of `fig` a date axis from `first` to `last`, days before months ("3 Mar")."""
    stops = [
        {"dtickrange": [None, "M1"], "value": "%-d %b"},
        {"dtickrange": ["M1", "M12"], "value": "%b %Y"},
        {"dtickrange": ["M12", None], "value": "%Y"},
    ]
    span = [iso(first), iso(last)]
    fig.update_xaxes(type="date", range=span, tickformatstops=stops, showgrid=False, tickangle=0)


def iso(moment: datetime) -> str:
    """A naive moment as Plotly's date axes take it."""
    return moment.strftime("%Y-%m-%d %H:%M")
