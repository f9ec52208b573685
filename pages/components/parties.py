"""What one audience answered since a crisis, and the words it says more or less than before."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.estimate import Estimate
from pages.components.text import plain
from reports.sections.base import Section
from reports.sections.wording import interval, value


def party(audience: str, sentences: Sequence[str], section: Section) -> None:
    """Its sentences, a table of its answers wave by wave, and one of its words."""
    with st.container(border=True):
        st.markdown(f"#### {plain(audience.capitalize())}")
        for sentence in sentences:
            st.markdown(plain(sentence))
        _answers(audience, section.frames["results"])
        _words(audience, section.frames["themes"])


def _answers(audience: str, results: pd.DataFrame) -> None:
    mine = results[results["audience"] == audience].sort_values("closed_on", kind="stable")
    if mine.empty:
        return
    shown = mine.assign(
        told=mine["favourable"].map(_share),
        wave=mine["wave"].where(mine["phase"] != "before", mine["wave"] + " (before)"),
    )
    wide = shown.pivot_table(
        index="question", columns="wave", values="told", aggfunc="first", sort=False, observed=True
    )
    st.dataframe(
        wide.fillna("not asked").rename_axis(None, axis=1).reset_index(names="Favourable answers to"),
        hide_index=True,
        alt=f"Favourable answers of {audience} by question and wave",
        column_config={"Favourable answers to": st.column_config.TextColumn(width=340)},
    )


def _share(estimate: Estimate) -> str:
    reach = interval(estimate, "favourable")
    told = value(estimate, "favourable")
    return f"{told} ({reach})" if reach and estimate.number is not None else told


def _words(audience: str, themes: pd.DataFrame) -> None:
    mine = themes[themes["audience"] == audience]
    if mine.empty:
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Word": mine["term"],
                "Said": mine["z"].map(lambda z: "more than before" if z > 0 else "less than before"),
                "People since": mine["since"].map(_people),
                "People before": mine["before"].map(_people),
            }
        ),
        hide_index=True,
        width=560,
        alt=f"Words that {audience} say more or less than before",
    )


def _people(count: float) -> str:
    return "hidden, too few" if pd.isna(count) else f"{count:.0f}"
