"""What the survey layouts share: naming the wave, and what identifies people is dropped before anything is kept."""

from __future__ import annotations

import pandas as pd

from data.enums import Audience
from importers.context import Context


def complete(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Fill what the file leaves open: the wave (default: month of the responses), the audience, the wave's dates."""
    filled = rows.copy()
    options = context.options
    filled["comment"] = filled["words"].where(filled["words"].notna(), filled.get("comment"))
    if "wave" not in filled:
        filled["wave"] = options.wave or _month(filled, context)
    if "audience" not in filled:
        filled["audience"] = None
    filled["audience"] = filled["audience"].where(
        filled["audience"].notna(), options.audience or Audience.EMPLOYEES.value
    )
    if "answered_at" in filled:
        days = filled["answered_at"].dt.tz_convert(context.file_zone).dt.tz_localize(None).dt.normalize()
        filled["opened_on"], filled["closed_on"] = days.min(), days.max()
    return filled


def _month(rows: pd.DataFrame, context: Context) -> str:
    moments = rows["answered_at"].dropna() if "answered_at" in rows else pd.Series(dtype="datetime64[us, UTC]")
    last = moments.max().tz_convert(context.file_zone) if len(moments) else pd.Timestamp(context.today)
    return last.strftime("%Y-%m")
