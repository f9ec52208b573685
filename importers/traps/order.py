"""Answers that are dated before what they answer, within the rows of one crisis."""

from __future__ import annotations

import pandas as pd

from data.enums import Milestone
from importers.issues import Issue
from importers.traps.seen import Finding, Seen

_BEGINNING = (Milestone.POSTED.value, Milestone.DETECTED.value)
_ENDING = (Milestone.CONTAINED.value, Milestone.RESOLVED.value, Milestone.REVIEWED.value)
_ACKNOWLEDGED = Milestone.ACKNOWLEDGED.value


def answers_first(seen: Seen) -> list[Issue]:
    """Whatever answers a crisis before its beginning, and what ends it before it was acknowledged.

    An event known to the day counts with the end of its day.
    """
    rows = seen.rows
    if seen.record != "events" or not {"crisis", "milestone", "occurred_at"} <= set(rows):
        return []
    at, milestone, crisis = rows["occurred_at"], rows["milestone"], rows["crisis"]
    end = at.where(rows["occurred_on"].isna(), at + pd.Timedelta(days=1)) if "occurred_on" in rows else at
    answering = ~milestone.isin([*_BEGINNING, Milestone.OTHER.value])
    findings = [
        *_before(seen, milestone.isin(_BEGINNING), answering, at, end, crisis),
        *_before(seen, milestone == _ACKNOWLEDGED, milestone.isin(_ENDING), at, end, crisis),
    ]
    first_of_row = {one.row: one for one in reversed(findings)}
    return seen.told(sorted(first_of_row.values(), key=lambda one: one.row))


def _before(
    seen: Seen, asked: pd.Series, answering: pd.Series, at: pd.Series, end: pd.Series, crisis: pd.Series
) -> list[Finding]:
    """The answering rows that end before the first of those they answer."""
    first = at[asked].groupby(crisis[asked]).min()
    begun = pd.Series(first.reindex(crisis).array, index=crisis.index)
    early = (answering & (end <= begun)).to_numpy() & (at < begun).to_numpy()
    words = seen.rows["milestone"].to_numpy()
    return [
        Finding(
            int(seen.rows.index[place]),
            seen.shown("occurred_at"),
            "reply-before-event",
            _moment(at.iloc[place]),
            {"what": words[place].replace("_", " "), "begun": _moment(begun.iloc[place])},
        )
        for place in early.nonzero()[0].tolist()
    ]


def _moment(at: pd.Timestamp) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
