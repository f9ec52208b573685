"""What was said on each platform, in one row."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from metrics.words import number, percent, signed

_KINDS = {"mention": "mentions", "owned": "own posts"}


def platforms_table(platforms: pd.DataFrame) -> None:
    """Each platform before and during the crisis, with its days as bars on one scale."""
    ordered = platforms.sort_values(["kind", "posts", "platform"], ascending=[True, False, True])
    shown = pd.DataFrame([_row(row) for row in ordered.to_dict("records")])
    highest = max((max(days) for days in shown["Posts a day"] if days), default=1) or 1
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        alt="Each platform before and during the crisis",
        column_config={
            "Platform": st.column_config.TextColumn(width=120, pinned=True),
            "Kind": st.column_config.TextColumn(width=85),
            "Posts a day": st.column_config.BarChartColumn(
                y_min=0, y_max=highest, width=150, help="On one scale for all"
            ),
            "Before": st.column_config.TextColumn(width=75, help="Posts a day before, over the days with data"),
            "During": st.column_config.TextColumn(width=75, help="Posts a day during the crisis"),
            "Peak": st.column_config.TextColumn(width=65, help="Most posts on one day"),
            "Net sentiment": st.column_config.TextColumn(width=125, help="Before → during, −1 to +1"),
            "Negative": st.column_config.TextColumn(width=80, help="Share of the scored posts during the crisis"),
            "By lexicon": st.column_config.TextColumn(
                width=85, help="Share of the scored posts that the lexicon scored"
            ),
            "Counted from": st.column_config.TextColumn(width=130),
        },
    )


def _row(row: dict[Any, Any]) -> dict[str, object]:
    return {
        "Platform": row["platform"],
        "Kind": _KINDS.get(row["kind"], row["kind"]),
        "Posts a day": row["days"],
        "Before": _told(row["before"]),
        "During": _told(row["during"]),
        "Peak": _told(row["peak"]),
        "Net sentiment": f"{_net(row['net_before'])} → {_net(row['net_during'])}",
        "Negative": _share(row["negative"]),
        "By lexicon": _share(row["lexicon"]),
        "Counted from": row["grain"],
    }


def _told(value: float | None) -> str:
    return "no data" if value is None or pd.isna(value) else number(float(value))


def _net(value: float | None) -> str:
    return "not scored" if value is None or pd.isna(value) else signed(float(value), 2)


def _share(value: float | None) -> str:
    return "not scored" if value is None or pd.isna(value) else percent(float(value))
