"""A time axis in which long quiet stretches are cut out, so that both the first hours and the last weeks can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

CUT, NARROW_CUT = 58.0, 40.0
"""Pixels that a cut stretch takes, whatever its length: room for "21 d"."""
EDGE, NARROW_EDGE = 26.0, 12.0
"""Pixels between the ends of the axis or of a cut and the nearest mark."""
NARROW = 480
SPACING = 62.0
"""Least pixels between two tick labels such as "12:00" or "3 Mar"."""
SHARE = 0.25
"""A quiet stretch of at least this share of what is left uncut is cut (house)."""
MOST_CUTS, NARROW_CUTS = 4, 2
SHORTEST_CUT = pd.Timedelta(hours=3)
STEPS = tuple(pd.Timedelta(text) for text in ("15min", "30min", "1h", "2h", "3h", "6h", "12h", "1D", "2D", "7D", "14D"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A busy piece of time and the pixels it is drawn on."""

    start: pd.Timestamp
    end: pd.Timestamp
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class ClockAxis:
    """Maps moments to pixels: in proportion inside a stretch, with cuts between them."""

    stretches: tuple[Stretch, ...]
    width: float
    timezone: str

    def x(self, moment: pd.Timestamp | datetime) -> float:
        """The pixel of `moment`, which lies in one of the stretches (anything outside sticks to the ends)."""
        times = [t.value for s in self.stretches for t in (s.start, s.end)]
        pixels = [p for s in self.stretches for p in (s.left, s.right)]
        return float(np.interp(pd.Timestamp(moment).as_unit("ns").value, times, pixels))

    @property
    def cuts(self) -> list[tuple[float, float, pd.Timedelta]]:
        """Left and right pixel of each cut, and how long it lasts."""
        pairs = zip(self.stretches, self.stretches[1:], strict=False)
        edge = _sizes(self.width)[1]
        return [(a.right + edge, b.left - edge, b.start - a.end) for a, b in pairs]

    def ticks(self) -> tuple[list[float], list[str]]:
        """Pixels and labels of local round times; the date stands under the first of each day."""
        places: list[float] = []
        labels: list[str] = []
        day = None
        for stretch in self.stretches:
            for moment in self._moments(stretch):
                place, local = self.x(moment), moment.tz_convert(self.timezone)
                if places and place - places[-1] < SPACING:
                    continue
                places.append(place)
                labels.append(_tick(local, local.date() != day, self._step(stretch)))
                day = local.date()
        return places, labels

    def _step(self, stretch: Stretch) -> pd.Timedelta:
        span, room = stretch.end - stretch.start, stretch.right - stretch.left
        return next((s for s in STEPS if room <= 0 or span / s * SPACING <= room), pd.Timedelta("28D"))

    def _moments(self, stretch: Stretch) -> list[pd.Timestamp]:
        step = self._step(stretch)
        start = stretch.start.tz_convert(self.timezone)
        first = start.normalize()
        # Local wall-clock steps: a day of 23 or 25 hours keeps its ticks on round hours.
        wall = pd.date_range(
            first.tz_localize(None), stretch.end.tz_convert(self.timezone).tz_localize(None), freq=step
        )
        summer = np.ones(len(wall), dtype=bool)
        local = wall.tz_localize(self.timezone, ambiguous=summer, nonexistent="shift_forward").unique()
        inside = [t for t in local if stretch.start <= t <= stretch.end]
        return inside or [stretch.start + (stretch.end - stretch.start) / 2]


def clock_axis(spans: Sequence[tuple[pd.Timestamp, pd.Timestamp]], width: float, timezone: str) -> ClockAxis:
    """The axis on which `spans` (first and last moment of each event, UTC; at least one) share `width` pixels."""
    cut, edge, most = _sizes(width)
    busy = _stretches(spans, most)
    free = max(width - 2 * edge - (len(busy) - 1) * (cut + 2 * edge), 1.0)
    total = sum(((b - a) / pd.Timedelta(seconds=1) for a, b in busy), 0.0)
    left = edge if total else width / 2 - (len(busy) - 1) * (cut / 2 + edge)
    placed = []
    for start, end in busy:
        right = left + (free * ((end - start) / pd.Timedelta(seconds=1)) / total if total else 0.0)
        placed.append(Stretch(start, end, left, right))
        left = right + cut + 2 * edge
    return ClockAxis(tuple(placed), width, timezone)


def _sizes(width: float) -> tuple[float, float, int]:
    """Pixels of a cut and of an edge, and how many cuts at most, on an axis of `width` pixels."""
    return (NARROW_CUT, NARROW_EDGE, NARROW_CUTS) if width < NARROW else (CUT, EDGE, MOST_CUTS)


def _stretches(
    spans: Sequence[tuple[pd.Timestamp, pd.Timestamp]], most: int
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """The busy stretches: spans joined, but for the few longest quiet gaps between them."""
    ordered = sorted(spans)
    gaps, reached = [], ordered[0][1]
    for start, end in ordered[1:]:
        if start - reached >= SHORTEST_CUT:
            gaps.append((start - reached, reached, start))
        reached = max(reached, end)
    left, cut = reached - ordered[0][0], []
    for length, end, start in sorted(gaps, reverse=True)[:most]:
        if length < SHARE * left:
            break
        cut.append((end, start))
        left -= length
    edges = [ordered[0][0], *(t for pair in sorted(cut) for t in pair), reached]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _tick(local: pd.Timestamp, new_day: bool, step: pd.Timedelta) -> str:
    date = f"{local.day} {local:%b}"
    if step >= pd.Timedelta("1D"):
        return date
    return f"{local:%H:%M}<br>{date}" if new_day else f"{local:%H:%M}"
