"""What each crisis did to each source, one row each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.names import shortened
from pages.components.tables import row_height
from reports.sections.base import Section
from reports.sections.wording import value

_SHOWN = {
    "reputation_baseline": "Before",
    "reputation_drop": "Fell",
    "reputation_drop_adjusted": "Fell more than others",
    "reputation_recovery": "Back after",
    "reputation_loss": "Loss",
}

#: Pixels across of a crisis's title.
_TITLE = 300


def reputation_table(section: Section, source: str) -> None:
    """The crises of one source, the newest first; a word stands where a number is not known."""
    titles = section.frames["crises"].set_index("code")["label"]
    starts = section.frames["crises"].set_index("code")["start"]
    mine = [m for m in section.measures if m.group["source"] == source]
    known = {(m.group["crisis"], m.id): value(m.estimate, m.id) for m in mine}
    rows = [
        {"Crisis": shortened(titles[code]), "Started": starts[code]}
        | {name: known.get((code, metric), "not measured") for metric, name in _SHOWN.items()}
        for code in reversed(list(dict.fromkeys(m.group["crisis"] for m in mine)))
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content" if len(rows) <= 12 else 460,
        row_height=row_height((row["Crisis"] for row in rows), _TITLE),
        alt=f"What each crisis did to {source}",
        column_config={
            "Crisis": st.column_config.TextColumn(width=_TITLE, pinned=True),
            "Started": st.column_config.DateColumn(format="D MMM YYYY", width=100),
            "Fell more than others": st.column_config.TextColumn(
                help="The fall less the mean fall of the companies compared"
            ),
            "Loss": st.column_config.TextColumn(help="Points below the level before, added up over the days"),
        },
    )
