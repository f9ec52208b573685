"""Single posts behind a reaction: by audience and source, the first by reactions, and their words."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections import posts
from reports.sections.scope import Scope, portfolio
from tests.small import bring, crisis, log, moment
from tests.small import posts as mentions

pytestmark = pytest.mark.usefixtures("small")


def asked(build: Any, role: Role = Role.ADMIN, **how: Any) -> Any:
    with reading() as session:
        scope: Scope = portfolio(session, Viewer("test", role), moment("2026-06-01 00:00")).find("thread")
        return build(scope, **how)


def both() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-05 09:00 resolved")
    mentions("2026-03-02", dict.fromkeys(range(-28, 0), (4, 0)), text="The launch is fine", audience="customers")
    mentions(
        "2026-03-02", dict.fromkeys(range(3), (20, 20)), text="Sorry is not enough @kim", audience="press", likes="3",
        name="during.csv", url="https://x.example/kim",
    )  # fmt: skip
    bring("owned.csv", [{"posted_at": "2026-03-02 10:00", "platform": "X", "post_id": "us", "kind": "owned", "text": "We apologise", "likes": 90}])  # fmt: skip


def test_by_audience_before_and_during() -> None:
    both()
    section = asked(posts.divided, by="audience")
    assert section.findings == ("All 60 single mentions are for press.",)
    groups = section.frames["groups"].set_index("group")
    assert groups[["before", "during"]].to_dict("index") == {
        "press": {"before": 0, "during": 60},
        "customers": {"before": 112, "during": 0},
    }
    assert groups.loc["press", ["net_during", "negative", "unscored", "reactions"]].tolist() == [-1, 1, 0, 180]
    assert section.sources.rows


def test_the_company_s_own_posts_stand_apart_from_mentions() -> None:
    both()
    section = asked(posts.top_posts, authors=True)
    assert section.findings[0].startswith("The 10 mentions with most reactions drew 17 % of all 180 likes")
    assert section.frames["posts"]["kind"].tolist() == ["mention"] * 10 + ["owned"]
    assert set(section.frames["posts"]["url"].dropna()) == {"https://x.example/kim"}
    for hidden in (
        asked(posts.top_posts, authors=False),
        asked(posts.top_posts, Role.LEADERSHIP, authors=True),
    ):
        assert hidden.frames["posts"]["url"].isna().all()
        assert not hidden.frames["posts"]["text"].str.contains("kim").any()


def test_words_that_came_up_and_the_posts_behind_one() -> None:
    both()
    section = asked(posts.post_words)
    assert "say “enough”, “not” and “sorry” more and “fine”, “launch” and “the” less often" in section.findings[0]
    words = section.frames["words"].set_index("term")
    assert words.loc["sorry", ["before", "during"]].tolist() == [0, 60]
    assert section.measure("post_word_log_odds", term="sorry").estimate.lo > 0
    behind = asked(posts.posts_saying, word="sorry", authors=True)
    assert {period: len(frame) for period, frame in behind.items()} == {"during": 5, "before": 0}


def test_without_a_start_or_posts_each_says_why() -> None:
    crisis("thread")
    for build, how in ((posts.divided, {"by": "source"}), (posts.top_posts, {"authors": True}), (posts.post_words, {})):
        assert asked(build, **how).findings == ("Not measured: nobody recorded when the crisis began.",)
    assert asked(posts.posts_saying, word="x", authors=True) == {}
    log("thread", "2026-03-02 08:00 posted")
    assert asked(posts.post_words).findings == ("Not measured: no posts or daily totals are imported.",)


def test_daily_totals_alone_say_that_single_posts_are_missing() -> None:
    log("thread", "2026-03-02 08:00 posted")
    days = [f"2026-0{month}-{day:02}" for month, last in ((2, 28), (3, 9)) for day in range(1, last + 1)]
    bring("daily.csv", [{"date": day, "platform": "X", "posts": 4} for day in days])
    assert asked(posts.divided, by="audience").findings == ("There are no single mentions during the crisis.",)
    assert "no post with a text is stored before or during" in asked(posts.post_words).findings[0]
    assert asked(posts.top_posts, authors=True).findings == (
        "No single mentions during the crisis count likes, comments or shares.",
    )
