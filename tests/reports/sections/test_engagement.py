"""Engagement and sentiment in detail: platforms, and posts told apart from daily totals."""

from __future__ import annotations

import pandas as pd
import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.base import Section
from reports.sections.engagement import engaged
from reports.sections.scope import portfolio
from tests.small import bring, crisis, log, moment, posts

pytestmark = pytest.mark.usefixtures("small")


def told(code: str = "thread", as_of: str = "2026-06-01 00:00") -> Section:
    with reading() as session:
        return engaged(portfolio(session, Viewer("test", Role.ADMIN), moment(as_of)).find(code))


def both() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-05 09:00 resolved")
    posts(
        "2026-03-02",
        dict.fromkeys(range(-28, 0), (2, 0)) | {0: (10, 5), 1: (6, 3)} | dict.fromkeys(range(2, 12), (2, 0)),
    )
    days = pd.date_range("2026-02-02", "2026-03-13")
    bring("daily.csv", [{"date": f"{d:%Y-%m-%d}", "platform": "Facebook", "posts": 4, "positive": 1, "neutral": 1, "negative": 2} for d in days])  # fmt: skip


def test_daily_totals_and_single_posts_are_told_apart() -> None:
    both()
    section = told()
    days = section.frames["days"].set_index("date")
    assert days.loc["2026-03-02", ["posts", "totals"]].tolist() == [14, 4]
    platforms = section.frames["platforms"].set_index("platform")
    assert platforms["grain"].to_dict() == {"Facebook": "daily totals", "X": "single posts"}
    assert platforms["before"].to_dict() == {"Facebook": 4, "X": 2}
    assert platforms["peak"].to_dict() == {"Facebook": 4, "X": 10}
    assert platforms.loc["Facebook", "net_before"] == -0.25
    assert platforms.loc["X", "days"][28] == 10
    assert any("were counted from daily totals, the others one by one." in text for text in section.findings)


def test_of_posts_and_totals_of_one_day_the_posts_count() -> None:
    both()
    bring("again.csv", [{"date": "2026-03-02", "platform": "X", "posts": 99}])
    section = told()
    assert section.frames["platforms"].set_index("platform").loc["X", "peak"] == 10
    assert any("on days for which X has both, the single posts count." in text for text in section.findings)


def test_without_posts_or_start_nothing_is_measured() -> None:
    crisis("thread")
    section = told()
    assert section.findings == ("Not measured: nobody recorded when the crisis began.",)
    assert section.frames["platforms"].empty


def test_the_share_that_the_lexicon_scored_is_known_by_platform() -> None:
    both()
    assert told().frames["platforms"].set_index("platform").loc["X", "lexicon"] == 0
