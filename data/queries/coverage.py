"""What there is of each stream on each day: for the calendar on which a missing export shows as a hole."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
from sqlmodel import Session, col, func, select

from data.access import Viewer, streams
from data.enums import Stream
from data.queries import crises, engagement, surveys
from data.queries.frames import DAY
from data.tables import DayRollup, ReputationScore, Wave

_COLUMNS = ["stream", "name", "kind", "date", "n"]
_Cell = tuple[str, str, str, pd.Timestamp, int | None]


def calendar(session: Session, viewer: Viewer, zone: str, first: date, last: date, as_of: datetime) -> pd.DataFrame:
    """What the viewer may look up of the days `first` to `last`, up to the moment `as_of`.

    Posts are counted from the roll-ups. Of a survey there is one wave on each day on which it was open: how many
    answered is not said here.

    Returns
    -------
    DataFrame
        stream ("engagement", "incidents", "survey", "reputation"), name (platform, audience or source; "" for the log),
        kind ("mention" or "owned"; "" elsewhere), date (local day of `zone`), n (posts, events, waves or scores; 0 where
        a daily total says so, NA where one does not count posts), in order of stream, name, kind and date.
    """
    last = min(last, as_of.astimezone(ZoneInfo(zone)).date())
    parts = {
        Stream.ENGAGEMENT: lambda: _posts(session, zone, first, last, as_of),
        Stream.INCIDENTS: lambda: _events(session, viewer, zone, first, last),
        Stream.SURVEY: lambda: _waves(session, first, last),
        Stream.REPUTATION: lambda: _scores(session, first, last),
    }
    allowed = streams(viewer)
    found = [part() for stream, part in parts.items() if stream in allowed]
    cells = pd.DataFrame([cell for part in found for cell in part], columns=_COLUMNS, dtype=object)
    return cells.astype({"date": DAY, "n": "Int64"})


def first_day(session: Session, zone: str, as_of: datetime) -> pd.Timestamp | None:
    """The first local day of which there are posts, daily totals or scores, or on which a wave opened."""
    spans = engagement.coverage(session, zone, as_of)
    today = as_of.astimezone(ZoneInfo(zone)).date()
    totalled = session.exec(select(func.min(DayRollup.day)).where(col(DayRollup.day) <= today)).one()
    scored = session.exec(select(func.min(ReputationScore.scored_on)).where(ReputationScore.company == "")).one()
    opened = session.exec(select(func.min(func.coalesce(Wave.opened_on, Wave.closed_on)))).one()
    days = [*spans["first"], *(pd.Timestamp(day) for day in (totalled, scored, opened) if day is not None)]
    return min(days, default=None)


def _posts(session: Session, zone: str, first: date, last: date, as_of: datetime) -> list[_Cell]:
    """Where there are posts and daily totals of a day, the posts count."""
    daily = engagement.daily(session, zone, first, last, as_of).sort_values("grain", ascending=False)
    keys = ["platform", "kind", "date"]
    finer = daily.drop_duplicates(keys).sort_values(keys)
    return [(Stream.ENGAGEMENT.value, *cell) for cell in finer[[*keys, "posts"]].itertuples(index=False)]


def _events(session: Session, viewer: Viewer, zone: str, first: date, last: date) -> list[_Cell]:
    moments = crises.events(session, viewer)["earliest"]
    days = moments.dt.tz_convert(ZoneInfo(zone)).dt.tz_localize(None).dt.normalize()
    counts = days[days.between(pd.Timestamp(first), pd.Timestamp(last))].value_counts().sort_index()
    return [(Stream.INCIDENTS.value, "", "", day, int(n)) for day, n in counts.items()]


def _waves(session: Session, first: date, last: date) -> list[_Cell]:
    """A wave of which one day is known stands on that day; one without any on none."""
    known = surveys.waves(session)
    opened, closed = known["opened_on"].fillna(known["closed_on"]), known["closed_on"].fillna(known["opened_on"])
    days = Counter(
        (str(audience), day)
        for audience, start, end in zip(known["audience"], opened, closed, strict=True)
        if not pd.isna(start)
        for day in pd.date_range(max(start, pd.Timestamp(first)), min(end, pd.Timestamp(last)))
    )
    return [(Stream.SURVEY.value, audience, "", day, n) for (audience, day), n in sorted(days.items())]


def _scores(session: Session, first: date, last: date) -> list[_Cell]:
    r = ReputationScore
    statement = (
        select(r.source, r.scored_on, func.count())
        .where(r.company == "", col(r.scored_on) >= first, col(r.scored_on) <= last)
        .group_by(r.source, col(r.scored_on))
        .order_by(r.source, col(r.scored_on))
    )
    return [
        (Stream.REPUTATION.value, source, "", pd.Timestamp(day), n) for source, day, n in session.execute(statement)
    ]
