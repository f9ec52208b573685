"""One clock: volume, sentiment, reputation and morale from the moment of detection, and the lags between them in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from data.queries import provenance
from metrics.timeline import DETECTED
from reports.sections.base import Section
from reports.sections.context import context
from reports.sections.lags import order
from reports.sections.people import people
from reports.sections.reaction import people_said
from reports.sections.reputation import standing
from reports.sections.scope import Scope

_DAY = pd.Timedelta(days=1)
#: A point between which lags run → the series that it lies in.
_IN = {
    "volume_peak": "volume", "half_life": "volume", "sentiment_trough": "sentiment",
    "reputation_trough": "reputation", "morale_trough": "morale",
}  # fmt: skip


#: The sections of the review that it is made of.
PARTS: Mapping[str, Callable[[Scope], Section]] = {
    "lags": order,
    "reaction": people_said,
    "reputation": standing,
    "people": people,
}


def one_clock(scope: Scope, parts: Mapping[str, Section] | None = None) -> Section:
    """Findings: the order of things and the lags between them. `parts` are those of `PARTS`, where they are built already.

    Frames: `series` (series, day: days since detection, value, lo, hi), `milestones` (label, day), `markers`
    (title, day: what else happened), `points` (label, day, series, value: where in which series a lag begins or ends). Facts: `anchor` ("detection", or "the start" where nobody
    recorded one), `source` (of the reputation).
    """
    parts = {name: build(scope) for name, build in PARTS.items()} if parts is None else parts
    lags, detected = parts["lags"], scope.line.first(DETECTED)
    zero = scope.day0 if detected is None else detected.lo.tz_convert(scope.zone).tz_localize(None)
    if zero is None or scope.day0 is None:
        return Section("one_clock", lags.findings, frames={"series": _series([], pd.Timestamp(0))})
    told = [*_reaction(parts["reaction"]), *_reputation(parts["reputation"]), *_morale(parts["people"])]
    series = _series(told, zero)
    return Section(
        "one_clock",
        lags.findings,
        lags.measures,
        {
            "series": series,
            "milestones": _placed(parts["reaction"].frames["milestones"], zero, scope.zone),
            "markers": _context(scope, zero),
            "points": _points(lags.frames["points"], series, zero),
        },
        provenance.combined([parts[name].sources for name in PARTS]),
        {
            "anchor": "the start" if detected is None else "detection",
            "source": parts["reputation"].facts.get("primary"),
        },
    )


_Row = tuple[str, pd.Timestamp, float, float | None, float | None]


def _reaction(section: Section) -> list[_Row]:
    """Days at their noon: a day's posts are of all its hours."""
    days = section.frames["days"]
    return [
        (name, row["date"] + _DAY / 2, row[column], None, None)
        for row in days.to_dict("records")
        for name, column in (("volume", "posts"), ("sentiment", "net_sentiment"))
    ]


def _reputation(section: Section) -> list[_Row]:
    """Our scores of the primary source."""
    scores = section.frames["scores"]
    mine = scores[scores["ours"].astype(bool) & (scores["source"] == section.facts.get("primary"))].sort_values("date")
    return [("reputation", row["date"] + _DAY / 2, row["points"], None, None) for row in mine.to_dict("records")]


def _morale(section: Section) -> list[_Row]:
    """Waves by the day on which they closed, as far as they are shown."""
    waves = section.frames["waves"]
    shown = waves[waves["closed_on"].notna() & (waves["status"] == "ok")]
    return [
        ("morale", row["closed_on"] + _DAY / 2, row["value"], row["lo"], row["hi"]) for row in shown.to_dict("records")
    ]


def _series(rows: list[_Row], zero: pd.Timestamp) -> pd.DataFrame:
    types = {"series": "object", "at": "datetime64[us]"} | dict.fromkeys(("value", "lo", "hi"), "float64")
    frame = pd.DataFrame(rows, columns=list(types)).astype(types)
    frame.insert(1, "day", ((frame.pop("at") - zero) / _DAY).astype("float64"))
    return frame


def _placed(named: pd.DataFrame, zero: pd.Timestamp, zone: str) -> pd.DataFrame:
    """Label and days since `zero` of the milestones."""
    if named.empty:
        return pd.DataFrame({"label": pd.Series(dtype="object"), "day": pd.Series(dtype="float64")})
    local = named["at"].dt.tz_convert(zone).dt.tz_localize(None)
    return pd.DataFrame({"label": named["label"], "day": ((local - zero) / _DAY).astype("float64")})


def _context(scope: Scope, zero: pd.Timestamp) -> pd.DataFrame:
    """Title and days since `zero` of what else happened, at the noon of its day."""
    known = context(scope.portfolio)
    days = (known["date"] + _DAY / 2 - zero) / _DAY
    return pd.DataFrame({"title": known["title"], "day": days.astype("float64")})


def _points(points: pd.DataFrame, series: pd.DataFrame, zero: pd.Timestamp) -> pd.DataFrame:
    """Where each point lies in its series: at the nearest day that has a value. The statement is a milestone."""
    rows = []
    for point in points[points["point"].isin(_IN)].to_dict("records"):
        day = (point["at"] + _DAY / 2 - zero) / _DAY
        known = series[(series["series"] == _IN[point["point"]]) & series["value"].notna()]
        if len(known):
            nearest = (known["day"] - day).abs().idxmin()
            rows.append((point["label"], day, _IN[point["point"]], float(known.loc[nearest, "value"])))
    types = {"label": "object", "day": "float64", "series": "object", "value": "float64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)
