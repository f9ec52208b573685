"""What the case tools share: one row a case, its milestones in columns of their own, and people who are not kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from data.enums import Milestone
from importers import values
from importers.context import Context
from importers.formats.base import Format, Reader
from importers.formats.personal import IDENTIFIES, left_out
from importers.issues import Refused, issue
from importers.sheet import Sheet
from importers.table import Raw, body, heading, plain
from importers.values import Parsed, Place


def moment_among(*fields: str) -> Reader:
    """A timestamp whose day and month stand in the same order as in the file's other time columns."""

    def read(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
        others = pd.concat([raw[name] for name in fields if name in raw])
        order = context.options.date_order or values.date_order(others)
        return values.timestamps(series, zone=context.zones(raw), where=place, today=context.today, order=order)

    return read


def without_people(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table; the columns of `layout.personal` that are filled in are said to be left out."""
    raw = plain(sheet, header, layout)
    for column in layout.columns:
        if column.required and column.field not in raw.cells:
            shown = ", ".join(str(cell) for cell in sheet.rows[header][:8])
            facts: dict[str, Any] = {"column": column.names[0], "format": layout.title, "columns": shown}
            raise Refused(issue("column-missing", sheet=sheet.name, **facts))
    titles = ["" if cell is None else str(cell).strip() for cell in sheet.rows[header]]
    people = {heading(name) for name in layout.personal}
    why = {position: IDENTIFIES for position, title in enumerate(titles) if heading(title) in people}
    raw.issues += list(dict.fromkeys(left_out(sheet, titles, body(sheet, header + 1, len(titles)), why)))
    return raw


def event_rows(
    milestones: Mapping[str, Milestone], severities: Mapping[str, int]
) -> Callable[[pd.DataFrame, Context], pd.DataFrame]:
    """Make an event of each milestone that a case has reached.

    Parameters
    ----------
    milestones
        Name of a pair of columns, ``NAME_at`` and ``NAME_on``, → the milestone that they date.
    severities
        The tool's word for a case's priority, folded → severity from 1 to 4; another word gives none.
    """

    def expand(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
        said = rows["priority"] if "priority" in rows else pd.Series(None, index=rows.index, dtype=object)
        severity = [None if word is None else severities.get(heading(word)) for word in said]
        cases = pd.DataFrame({"crisis": rows["crisis"], "crisis_title": rows.get("crisis_title")}, index=rows.index)
        cases["crisis_severity"] = pd.Series(severity, index=rows.index, dtype=object)
        parts = [
            cases.assign(occurred_at=rows[f"{name}_at"], occurred_on=rows[f"{name}_on"], milestone=milestone.value)[
                rows[f"{name}_at"].notna()
            ]
            for name, milestone in milestones.items()
            if f"{name}_at" in rows
        ]
        return pd.concat(parts).sort_index(kind="stable")

    return expand
