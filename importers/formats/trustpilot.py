"""Trustpilot reviews: a row a review, which become a monthly score from 1 to 5 with the number of reviews.

The score of a month stands at its last day, in the company's time zone. A rating of 0 is none; such rows are skipped,
and so is a review that stands in the file already. Who wrote a review, and what, is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.enums import Stream
from importers import values
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.personal import IDENTIFIES, left_out
from importers.formats.readers import between, text
from importers.formats.survey_rows import line
from importers.issues import Severity, issue
from importers.sheet import Cell, Sheet
from importers.table import Raw, body, heading, plain
from importers.values import Parsed, Place

_SOURCE = "Trustpilot"
_LOWEST, _HIGHEST = 1, 5


def utc_moment(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """A timestamp in UTC, whatever the zone of the file."""
    order = context.options.date_order
    return values.timestamps(series, zone="UTC", where=place, today=context.today, order=order)


def rated(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table without the reviews that give no rating, and each review once."""
    raw = plain(sheet, header, layout)
    titles = line(sheet, header, len(sheet.rows[header]))
    people = {heading(name) for name in layout.personal}
    why = {position: IDENTIFIES for position, title in enumerate(titles) if heading(title) in people}
    raw.issues += left_out(sheet, titles, body(sheet, header + 1, len(titles)), why)
    first: dict[str, int] = {}
    for row, review, stars in zip(raw.cells.index, raw.cells["review"], raw.cells["stars"], strict=True):
        earlier = first.setdefault(str(review).strip(), row) if review else row
        if earlier != row:
            raw.issues.append(
                issue("row-repeated", severity=Severity.WARNING, sheet=sheet.name, row=row, other=earlier)
            )
        if earlier != row or _is_none(stars):
            raw.skipped.add(row)
    raw.cells = raw.cells[~raw.cells.index.isin(raw.skipped)]
    return raw


def _is_none(stars: Cell) -> bool:
    return stars is None or str(stars).strip() in {"", "0", "0.0", "-", "?"}


def monthly(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """One score a month, at its first row; `with_rows` lists the other rows that it comes from."""
    days = rows["created_at"].dt.tz_convert(context.company_zone).dt.tz_localize(None)
    ends = days.dt.normalize() + pd.offsets.MonthEnd(0)
    listed = rows.assign(date=ends, row=rows.index).groupby("date", sort=True)
    months = listed.agg(score=("stars", _mean), n=("stars", "size"), row=("row", "first"), with_rows=("row", _others))
    scores = months.reset_index().set_index("row").rename_axis(None)
    return scores.assign(source=_SOURCE, company=None, scale_min=float(_LOWEST), scale_max=float(_HIGHEST))


def _mean(stars: pd.Series) -> float:
    return round(float(stars.mean()), 4)


def _others(rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(row) for row in rows)[1:]


TRUSTPILOT = Format(
    name="trustpilot",
    title="Trustpilot reviews",
    stream=Stream.REPUTATION,
    record="scores",
    columns=(
        Column("review", text, names=("Review Id",), required=True),
        Column("created_at", utc_moment, names=("Review Created (UTC)",), required=True),
        Column("stars", between(_LOWEST, _HIGHEST, whole=True), names=("Review Stars",), required=True),
    ),
    telling=("Review Id", "Review Created (UTC)", "Review Stars"),
    personal=(
        "Review Consumer User Id", "Review Username", "Review User Email", "Review Title", "Review Content",
        "Reference Id", "Company Response", "Business Response",
    ),
    extract=rated,
    expand=monthly,
)  # fmt: skip
