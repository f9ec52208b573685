"""The roll-ups hold what a recount of the posts gives, and days are cut where the local clock cuts them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from data.commands.records import Record
from data.commands.scores import Scored, store_scores, unscored
from data.engine import reading, writing
from data.queries import engagement
from data.tables import DailyTotal, DayRollup, Post, QuarterRollup
from tests.data.world import NOON, imported, minutes, post, rows, total

DAY = date(2026, 3, 2)
COUNTS = ("impressions", "reach", "likes", "comments", "shares")


def made_posts(seed: int, count: int) -> list[Record]:
    """Posts of ten days on two platforms, as hostile as exports are: gaps everywhere, edges of quarters and of scores."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        at: Any = NOON + timedelta(seconds=draw.choice([0, 1, 899, 900, draw.randrange(864_000)]))
        if draw.random() < 0.2:
            at = DAY + timedelta(days=draw.randrange(4))
        values: dict[str, Any] = {name: draw.choice([None, 0, draw.randrange(10**10)]) for name in COUNTS}
        values |= {
            "platform": draw.choice(["X", "Reddit"]),
            "kind": draw.choice(["mention", "owned"]),
            "topic": draw.choice(["", "thread"]),
            "text": draw.choice([None, "some words"]),
            "language": draw.choice([None, "en", "de"]),
        }
        if draw.random() < 0.6:
            score = draw.choice([-1.0, -0.025, 0.0, 0.025, 0.575, 1.0, round(draw.uniform(-1, 1), 4)])
            values |= {"sentiment": score, "polarity": (score >= 0.05) - (score <= -0.05)}
            values["scored_by"] = draw.choice(["export_score", "lexicon"])
        elif draw.random() < 0.3:
            values |= {"polarity": draw.choice([-1, 0, 1]), "scored_by": "export_label"}
        made.append(post(f"p{number}", at, row=number, **values))
    return made


def twentieth(score: float) -> int:
    """Rounded to the nearest, halves away from zero."""
    return int(abs(round(score * 20, 6)) + 0.5) * (1 if score >= 0 else -1)


def recount() -> dict[tuple[Any, ...], dict[str, Any]]:
    """What the roll-ups must hold, from the posts as they are stored: (start, platform, kind, topic) → counts."""
    columns = (
        "quarter",
        "posted_on",
        "platform",
        "kind",
        "topic",
        "text",
        "language",
        "sentiment",
        "polarity",
        "scored_by",
    )
    found: dict[tuple[Any, ...], dict[str, Any]] = defaultdict(
        lambda: (
            dict.fromkeys(("posts", "positive", "neutral", "negative", "unscored", "unscorable", "lexicon"), 0)
            | dict.fromkeys(COUNTS)
            | {"scores": Counter()}
        )
    )
    for row in rows(Post, *columns, *COUNTS):
        values = dict(zip((*columns, *COUNTS), row, strict=True))
        place = (values["quarter"] or values["posted_on"], values["platform"], values["kind"], values["topic"])
        bucket = found[place]
        bucket["posts"] += 1
        readable = values["text"] is not None and values["language"] in (None, "en")
        names = {1: "positive", 0: "neutral", -1: "negative", None: "unscored" if readable else "unscorable"}
        bucket[names[values["polarity"]]] += 1
        bucket["lexicon"] += values["scored_by"] == "lexicon"
        for name in COUNTS:
            if values[name] is not None:
                bucket[name] = (bucket[name] or 0) + values[name]
        if values["sentiment"] is not None:
            bucket["scores"][str(twentieth(values["sentiment"]))] += 1
    return dict(found)


def rolled_up() -> dict[tuple[Any, ...], dict[str, Any]]:
    names = (
        "platform",
        "kind",
        "topic",
        "posts",
        "positive",
        "neutral",
        "negative",
        "unscored",
        "unscorable",
        "lexicon",
    )
    found = {}
    for table, start in ((QuarterRollup, "quarter"), (DayRollup, "day")):
        for row in rows(table, start, *names, *COUNTS, "scores"):
            found[row[:4]] = dict(zip((*names[3:], *COUNTS, "scores"), row[4:], strict=True))
    return found


def test_roll_ups_equal_a_recount(database: str) -> None:
    made = made_posts(1, 400)
    imported(Post, *made)
    assert rolled_up() == recount()
    again = [Record(r.key, r.row, r.values | {"likes": 5}) for r in made_posts(2, 120)]
    imported(Post, *again)
    assert rolled_up() == recount()
    with writing() as session:
        waiting = unscored(session, "", 1000)
        assert len(waiting) > 20
        store_scores(session, [Scored(key, "en", 0.5, 1) for key, *_ in waiting[::2]])
        store_scores(session, [Scored(key, "de", None, None) for key, *_ in waiting[1::2]])
    assert rolled_up() == recount()
    assert sum(counts["unscored"] for counts in rolled_up().values()) == 0


def test_a_post_that_moves_leaves_no_empty_bucket(database: str) -> None:
    imported(Post, post("p", NOON), post("d", DAY, row=3))
    imported(Post, post("p", NOON + minutes(90)), post("d", NOON, row=3))
    assert rows(QuarterRollup, "quarter", "posts") == [(NOON, 1), (NOON + minutes(90), 1)]
    assert rows(DayRollup) == []


def test_the_histogram_rounds_alike_on_every_database(database: str) -> None:
    scores = [0.025, 0.075, 0.125, -0.025, -0.075, 0.575, 0.0, 1.0, -1.0]
    imported(Post, *[post(f"p{n}", sentiment=score, polarity=0) for n, score in enumerate(scores)])
    expected = Counter(str(twentieth(score)) for score in scores)
    assert expected == {"1": 1, "2": 1, "3": 1, "-1": 1, "-2": 1, "12": 1, "0": 1, "20": 1, "-20": 1}
    assert rows(QuarterRollup, "scores") == [(dict(expected),)]


def test_the_scorer_is_given_what_it_can_score(database: str) -> None:
    imported(
        Post,
        post("a", text="yes"),
        post("b", text="yes", language="en"),
        post("c", text="ja", language="de"),
        post("d"),
        post("e", text="label", polarity=0, scored_by="export_label"),
        post("f", DAY, text="day"),
    )
    with reading() as session:
        assert unscored(session, "", 10) == [("a", "yes", None), ("b", "yes", "en"), ("f", "day", None)]
        assert unscored(session, "a", 1) == [("b", "yes", "en")]
    assert rows(QuarterRollup, "unscored", "unscorable", "neutral") == [(2, 2, 1)]
    assert rows(DayRollup, "unscored") == [(1,)]


# --- daily totals --------------------------------------------------------------------------------------------------


def test_daily_totals_are_added_up_over_their_sources(database: str) -> None:
    imported(
        DailyTotal,
        total(DAY, 10, positive=3, neutral=4, negative=2, likes=7, source="a"),
        total(DAY, 5, row=3, source="b"),
        total(DAY, 2, row=4, platform="Reddit", positive=2, neutral=1, negative=1),
        total(date(2026, 3, 3), 1, row=5, kind="owned"),
    )
    names = (
        "day",
        "platform",
        "kind",
        "grain",
        "posts",
        "positive",
        "neutral",
        "negative",
        "unscored",
        "unscorable",
        "likes",
    )
    assert rows(DayRollup, *names) == [
        (DAY, "Reddit", "mention", "daily_total", 2, 2, 1, 1, 0, 0, None),  # more scored than counted: none left over
        (DAY, "X", "mention", "daily_total", 15, 3, 4, 2, 0, 6, 7),
        (date(2026, 3, 3), "X", "owned", "daily_total", 1, 0, 0, 0, 0, 1, None),
    ]


def test_a_later_total_takes_the_place_of_the_earlier(database: str) -> None:
    imported(DailyTotal, total(DAY, 10, likes=3))
    imported(DailyTotal, total(DAY, 12))
    assert rows(DayRollup, "posts", "likes") == [(12, 3)]


def test_totals_and_date_only_posts_of_a_day_stand_side_by_side(database: str) -> None:
    imported(DailyTotal, total(DAY, 10))
    imported(Post, post("p", DAY))
    imported(DailyTotal, total(DAY, 11))
    assert rows(DayRollup, "grain", "posts") == [("daily_total", 11), ("posts", 1)]


# --- by local day --------------------------------------------------------------------------------------------------


def daily(
    zone: str, first: date, last: date, as_of: datetime | None = None, topics: list[str] | None = None
) -> pd.DataFrame:
    with reading() as session:
        return engagement.daily(session, zone, first, last, as_of or datetime(2030, 1, 1, tzinfo=UTC), topics)


def by_day(frame: pd.DataFrame) -> dict[str, int]:
    return {f"{day:%m-%d}": int(n) for day, n in frame.groupby("date")["posts"].sum().items()}


ZONES = [
    "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "America/Havana", "Pacific/Apia",
]  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_zone_has_its_own_days(database: str) -> None:
    """Also zones of 30 and 45 minutes, and the days on which their clocks change (March and April 2026)."""
    draw = random.Random(3)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    moments = [start + timedelta(seconds=draw.randrange(45 * 86_400)) for _ in range(1500)]
    imported(Post, *[post(f"p{n}", at) for n, at in enumerate(moments)])
    for zone in ZONES:
        local = [at.astimezone(ZoneInfo(zone)).date() for at in moments]
        first, last = date(2026, 3, 5), date(2026, 4, 8)
        expected = Counter(f"{day:%m-%d}" for day in local if first <= day <= last)
        assert by_day(daily(zone, first, last)) == expected, zone


def test_a_zone_of_45_minutes_cuts_the_quarters_of_its_midnight(database: str) -> None:
    midnight = datetime(2026, 3, 2, 18, 15, tzinfo=UTC)  # 00:00 on 3 March in Kathmandu
    imported(
        Post,
        post("before", midnight - timedelta(seconds=1)),
        post("at", midnight),
        post("after", midnight + minutes(1)),
    )
    found = daily("Asia/Kathmandu", date(2026, 3, 2), date(2026, 3, 3))
    assert by_day(found) == {"03-02": 1, "03-03": 2}
    assert by_day(daily("Asia/Kathmandu", date(2026, 3, 3), date(2026, 3, 3))) == {"03-03": 2}
    assert by_day(daily("UTC", date(2026, 3, 2), date(2026, 3, 2))) == {"03-02": 3}


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_day_of_a_clock_change_has_its_own_length(database: str, day: date, hours: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Lisbon")).astimezone(UTC)
    imported(Post, *[post(f"p{n}", start + minutes(15 * n)) for n in range(-4, 4 * 26)])
    assert by_day(daily("Europe/Lisbon", day, day)) == {f"{day:%m-%d}": 4 * hours}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_day_whose_midnight_does_not_exist_begins_at_the_change(database: str) -> None:
    change = datetime(2026, 9, 6, 4, 0, tzinfo=UTC)  # Santiago: 23:59:59 on the 5th is followed by 01:00 on the 6th
    imported(Post, post("before", change - minutes(1)), post("after", change))
    assert by_day(daily("America/Santiago", date(2026, 9, 5), date(2026, 9, 5))) == {"09-05": 1}
    assert by_day(daily("America/Santiago", date(2026, 9, 6), date(2026, 9, 6))) == {"09-06": 1}


def test_a_quarter_counts_from_its_beginning(database: str) -> None:
    imported(Post, post("first", NOON), post("late", NOON + minutes(14)), post("next", NOON + minutes(15)))
    asked = [NOON, NOON + timedelta(seconds=1), NOON + minutes(15), NOON + minutes(16)]
    assert [int(daily("UTC", DAY, DAY, as_of)["posts"].sum()) for as_of in asked] == [0, 2, 2, 3]


def test_days_count_up_to_the_local_day_of_as_of(database: str) -> None:
    imported(DailyTotal, *[total(DAY + timedelta(days=n), 1, row=n) for n in range(4)])
    imported(Post, *[post(f"p{n}", DAY + timedelta(days=n)) for n in range(4)])
    evening = datetime(2026, 3, 3, 20, tzinfo=UTC)
    assert by_day(daily("UTC", DAY, date(2026, 3, 9), evening)) == {"03-02": 2, "03-03": 2}
    assert by_day(daily("Asia/Tokyo", DAY, date(2026, 3, 9), evening)) == {"03-02": 2, "03-03": 2, "03-04": 2}
    assert by_day(daily("UTC", date(2026, 3, 3), date(2026, 3, 3))) == {"03-03": 2}


def test_topics_are_chosen(database: str) -> None:
    imported(Post, post("a", topic="t"), post("b", topic="u"), post("c"), post("d", DAY, topic="t"))
    imported(DailyTotal, total(DAY, 5, topic="t"), total(DAY, 7))
    assert int(daily("UTC", DAY, DAY)["posts"].sum()) == 16
    assert int(daily("UTC", DAY, DAY, topics=["t"])["posts"].sum()) == 7
    assert int(daily("UTC", DAY, DAY, topics=["t", "u"])["posts"].sum()) == 8
    assert len(daily("UTC", DAY, DAY, topics=["none"])) == 0


TYPES = {
    "date": "datetime64[us]", "platform": "object", "kind": "object", "grain": "object",
    **dict.fromkeys(("positive", "neutral", "negative", "unscored", "unscorable", "lexicon"), "int64"),
    **dict.fromkeys(("posts", *COUNTS), "float64"),
}  # fmt: skip


def test_the_frame_is_the_same_empty_and_full(database: str) -> None:
    assert {name: str(kind) for name, kind in daily("UTC", DAY, DAY).dtypes.items()} == TYPES
    imported(Post, post("a", likes=2, reach=None), post("b", NOON + minutes(30), likes=3), post("c", DAY, row=4))
    imported(DailyTotal, total(DAY, 5))
    found = daily("UTC", DAY, DAY)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == TYPES
    assert found["grain"].tolist() == ["daily_total", "posts"]
    assert found["posts"].tolist() == [5, 3]
    assert found["likes"].fillna(-1).tolist() == [-1, 5]  # nothing said is not nought
    assert found["reach"].isna().all()


def test_the_last_day_with_data(database: str) -> None:
    with reading() as session:
        assert engagement.last_day(session, "UTC", NOON) is None
    imported(Post, post("a", NOON), post("b", NOON + minutes(60 * 24)), post("c", date(2026, 3, 4)))
    imported(DailyTotal, total(date(2026, 3, 5), 1))
    asked = [(NOON, None), (NOON + minutes(1), 2), (NOON + minutes(60 * 24 + 1), 3), (NOON + minutes(60 * 72), 5)]
    with reading() as session:
        for as_of, day in asked:
            expected = None if day is None else pd.Timestamp(2026, 3, day)
            assert engagement.last_day(session, "UTC", as_of) == expected
        assert engagement.last_day(session, "Pacific/Kiritimati", NOON + minutes(1)) == pd.Timestamp(2026, 3, 3)


def test_each_platform_is_covered_from_its_first_to_its_last_day(database: str) -> None:
    def coverage(zone: str, as_of: datetime) -> list[tuple[str, str, str, str]]:
        with reading() as session:
            found = engagement.coverage(session, zone, as_of)
        assert {name: str(kind) for name, kind in found.dtypes.items()} == {
            "platform": "object", "kind": "object", "first": "datetime64[us]", "last": "datetime64[us]",
        }  # fmt: skip
        return [(r.platform, r.kind, f"{r.first:%m-%d}", f"{r.last:%m-%d}") for r in found.itertuples()]

    later = NOON + minutes(60 * 24 * 9)
    assert coverage("UTC", later) == []
    imported(Post, post("a", NOON), post("b", NOON + minutes(60 * 24 * 3)), post("c", kind="owned"))
    imported(Post, post("d", date(2026, 3, 1), platform="Reddit"))
    imported(DailyTotal, total(date(2026, 2, 20), 1), total(date(2026, 3, 20), 1, row=3))
    reddit, owned = ("Reddit", "mention", "03-01", "03-01"), ("X", "owned", "03-02", "03-02")
    assert coverage("UTC", later) == [reddit, ("X", "mention", "02-20", "03-05"), owned]
    assert coverage("UTC", NOON + minutes(1)) == [reddit, ("X", "mention", "02-20", "03-02"), owned]
    assert coverage("Pacific/Kiritimati", later)[1] == ("X", "mention", "02-20", "03-06")
