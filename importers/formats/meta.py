"""What the exports of Meta Business Suite share."""

from __future__ import annotations

import pandas as pd

from importers import values
from importers.context import Context
from importers.values import Parsed, Place


def whole_life(series: pd.Series, place: Place, raw: pd.DataFrame, context: Context) -> Parsed:
    """What a row's counts are of: the post's life ("Lifetime", in whatever language), or one day, which is an issue.

    One day's counts under a post would be taken for all it ever had, and overwrite them.
    """
    order = context.options.date_order or "mdy"  # any order tells a day from words
    days = values.dates(series, where=place, today=context.today, order=order).values
    issues = [place.issue("counts-of-one-day", row, series[row]) for row in series.index[days.notna()]]
    return Parsed(values.text(series).values, issues)
