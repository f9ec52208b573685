"""From the clock on the wall to UTC, without guessing on the days when clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd


class Instants(NamedTuple):
    """UTC instants (NaT where there is none) and the masks that say why, all on one index."""

    at: pd.Series
    nonexistent: pd.Series
    ambiguous: pd.Series
    zone_unknown: pd.Series


def to_utc(local: pd.Series, zone: str | pd.Series) -> Instants:
    """Instants of naive local times.

    Parameters
    ----------
    local
        Naive datetime64, NaT allowed.
    zone
        IANA name, or one for each time, in the same order.
    """
    times = local.reset_index(drop=True)
    at = pd.Series(pd.NaT, index=times.index, dtype="datetime64[us, UTC]")
    nonexistent, ambiguous, zone_unknown = (pd.Series(False, index=times.index) for _ in range(3))
    for name, rows in _by_zone(times, zone):
        if name is None:
            zone_unknown[rows] = True
            continue
        strict = times[rows].dt.tz_localize(name, nonexistent="NaT", ambiguous="NaT")
        shifted = times[rows].dt.tz_localize(name, nonexistent="shift_forward", ambiguous="NaT")
        at[rows] = strict.dt.tz_convert("UTC")
        nonexistent[rows] = strict.isna() & shifted.notna()
        ambiguous[rows] = strict.isna() & shifted.isna()
    return Instants(*(found.set_axis(local.index) for found in (at, nonexistent, ambiguous, zone_unknown)))


def start_of_day(days: pd.Series, zone: str | pd.Series) -> pd.Series:
    """First instant (UTC) of local days: 01:00 where clocks skip midnight, the earlier one where it comes twice.

    Takes what `to_utc` takes; NaT where the day is NaT or the zone unknown.
    """
    midnights = days.reset_index(drop=True).dt.normalize()
    at = pd.Series(pd.NaT, index=midnights.index, dtype="datetime64[us, UTC]")
    for name, rows in _by_zone(midnights, zone):
        if name is not None:
            times = midnights[rows]
            first = times.dt.tz_localize(name, nonexistent="shift_forward", ambiguous=np.ones(len(times), dtype=bool))
            at[rows] = first.dt.tz_convert("UTC")
    return at.set_axis(days.index)


def _by_zone(times: pd.Series, zone: str | pd.Series) -> Iterator[tuple[str | None, pd.Series]]:
    """(zone or None if unknown, mask of the times in it)."""
    present = times.notna()
    zones = pd.Series(zone, index=times.index) if isinstance(zone, str) else zone.reset_index(drop=True)
    for name in zones[present].unique():
        yield (name if _is_zone(name) else None), present & (zones.isna() if pd.isna(name) else zones == name)


def _is_zone(name: object) -> bool:
    if not isinstance(name, str):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
