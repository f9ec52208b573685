"""How posts are scored, by local day: what a recount of the posts gives."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from data.engine import reading
from data.queries import engagement, post_scores
from data.tables import Post
from tests.data.test_rollups import made_posts, twentieth
from tests.data.world import NOON, imported, post

DAYS = (date(2026, 3, 1), date(2026, 3, 14))
FAR = NOON + timedelta(days=90)


def recount(zone: str, kind: str, topic: str | None, as_of: datetime) -> Counter[tuple[date, int]]:
    found: Counter[tuple[date, int]] = Counter()
    with reading() as session:
        for one in session.exec(select(Post)):
            day = one.posted_on or one.posted_at.astimezone(ZoneInfo(zone)).date()
            known = one.posted_on is not None or one.quarter < as_of
            if one.kind == kind and topic in (None, one.topic) and one.sentiment is not None and known:
                found[day, twentieth(one.sentiment)] += 1
    return found


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/New_York"])
@pytest.mark.parametrize(("kind", "topic"), [("mention", None), ("owned", None), ("mention", "thread")])
def test_a_recount_gives_the_same(database: str, zone: str, kind: str, topic: str | None) -> None:
    imported(Post, *made_posts(4, 300))
    with reading() as session:
        found = post_scores.histogram(session, zone, *DAYS, FAR, kind, [topic] if topic else None)
    told = {(row["date"].date(), round(row["score"] * 20)): row["posts"] for row in found.to_dict("records")}
    assert told == dict(recount(zone, kind, topic, FAR))
    assert found.equals(found.sort_values(["date", "score"], ignore_index=True))


def test_as_of_a_moment_later_posts_do_not_exist(database: str) -> None:
    scored = {"sentiment": 0.5, "polarity": 1, "scored_by": "export_score"}
    imported(Post, *[post(f"p{n}", NOON + timedelta(hours=n), row=n, **scored) for n in range(48)])
    with reading() as session:
        found = post_scores.histogram(session, "UTC", *DAYS, NOON + timedelta(hours=20), "mention")
    assert found["posts"].tolist() == [12, 8]


def test_a_start_mistyped_by_decades_is_read_like_any_other(database: str) -> None:
    scored = {"sentiment": 0.5, "polarity": 1, "scored_by": "export_score"}
    imported(Post, post("old", datetime(1926, 3, 2, 12, tzinfo=UTC), **scored), post("new", NOON, row=3, **scored))
    far = (date(1926, 3, 1), date(2026, 3, 14))
    with reading() as session:
        assert post_scores.histogram(session, "UTC", *far, FAR, "mention")["posts"].tolist() == [1, 1]
        assert engagement.daily(session, "UTC", *far, FAR)["posts"].tolist() == [1, 1]
        assert engagement.daily(session, "UTC", far[1], far[0], FAR).empty


def test_nothing_has_the_same_columns(database: str) -> None:
    with reading() as session:
        found = post_scores.histogram(session, "UTC", *DAYS, FAR, "mention")
    assert found.dtypes.astype(str).to_dict() == {"date": "datetime64[us]", "score": "float64", "posts": "int64"}
    assert found.empty
