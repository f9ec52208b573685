"""Single posts by audience and source, those that drew most reactions, their words, and who may see who wrote them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from data.access import Viewer
from data.authors import bare, without_authors
from data.engine import reading
from data.enums import Role
from data.queries import posts as queries
from data.queries.labels import Within
from tests.small import bring

ANALYST, LEADER = Viewer("Noor", Role.ANALYST), Viewer("Lea", Role.LEADERSHIP)
DAYS = Within("UTC", date(2026, 3, 2), date(2026, 3, 3), datetime(2026, 6, 1, tzinfo=UTC))
_ALL: list[dict[str, Any]] = [
    {"text": "@kim is right, so is u/jo: https://x.example/kim", "likes": 5, "shares": 2, "audience": "customers", "sentiment": -0.5, "url": "https://x.example/kim/1"},
    {"text": "Ticket, TICKET and tickets", "likes": 40, "audience": "customers", "sentiment": 0.5, "source": "Tool"},
    {"text": "The ticket", "comments": 1, "audience": "press", "source": "Tool"},
    {"text": "Nobody counted this ticket", "audience": ""},
    {"text": "We apologise, @kim", "likes": 900, "kind": "owned", "audience": "employees", "url": "https://x.example/us/1"},
    {"text": "The day after", "likes": 999, "posted_at": "2026-03-04 09:00"},
]  # fmt: skip


def stored() -> None:
    base = {"posted_at": "2026-03-02 09:00", "platform": "X", "source": "", "kind": "mention", "url": ""}
    blank = dict.fromkeys(("likes", "comments", "shares", "sentiment", "audience"), "")
    bring("posts.csv", [base | {"post_id": str(n)} | blank | row for n, row in enumerate(_ALL)])


def top(viewer: Viewer = ANALYST, kind: str = "mention", **how: Any) -> pd.DataFrame:
    with reading() as session:
        return queries.top(session, viewer, DAYS, kind, **how)


def test_posts_are_counted_by_audience_and_by_source(database: str) -> None:
    stored()
    with reading() as session:
        by_audience, by_source = (queries.counted(session, DAYS, by) for by in ("audience", "source"))
    told = by_audience[["group", "kind", "posts", "positive", "negative", "unscored", "reactions"]]
    rows = [tuple(None if pd.isna(v) else v for v in row) for row in told.itertuples(index=False)]
    assert sorted(rows, key=str) == [
        ("customers", "mention", 2, 1, 1, 0, 47),
        ("employees", "owned", 1, 0, 0, 1, 900),
        ("press", "mention", 1, 0, 0, 1, 1),
        (None, "mention", 1, 0, 0, 1, None),
    ]
    assert by_source.set_index(["group", "kind"]).loc[("Tool", "mention"), "posts"] == 2
    with reading() as session, pytest.raises(ValueError, match="not counted by text"):
        queries.counted(session, DAYS, "text")


def test_the_posts_that_drew_most_come_first_and_uncounted_ones_not_at_all(database: str) -> None:
    stored()
    assert top()["reactions"].tolist() == [40, 7, 1]
    assert top(most=1)["text"].tolist() == ["Ticket, TICKET and tickets"]
    assert top(kind="owned")["reactions"].tolist() == [900]


def test_a_word_is_found_as_a_word_of_its_own_whatever_its_letters(database: str) -> None:
    stored()
    assert top(word="ticket")["text"].tolist() == [
        "Ticket, TICKET and tickets",
        "The ticket",
        "Nobody counted this ticket",
    ]
    assert top(word="tick").empty
    assert top(word="t%t").empty


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_wrote_a_mention_is_seen_by_those_alone_who_may_and_only_where_it_is_wanted(database: str) -> None:
    stored()
    seen = top(word="right")
    assert seen["url"].tolist() == ["https://x.example/kim/1"]
    assert "@kim" in seen["text"].iloc[0]
    for hidden in (top(LEADER, word="right"), top(word="right", authors=False)):
        assert hidden["url"].tolist() == [None]
        assert hidden["text"].tolist() == ["@… is right, so is @…: [address]"]
    assert top(LEADER, "owned")["url"].tolist() == ["https://x.example/us/1"]


def test_words_are_counted_by_post_without_handles_and_addresses(database: str) -> None:
    stored()
    with reading() as session:
        said, read = queries.words(session, DAYS, "mention")
    assert read == 4
    assert said == {"right": 1, "ticket": 3, "and": 1, "tickets": 1, "the": 1, "nobody": 1, "counted": 1, "this": 1}


def test_of_many_posts_evenly_chosen_ones_are_read(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stored()
    monkeypatch.setattr(queries, "READ", 2)
    with reading() as session:
        assert queries.words(session, DAYS, "mention")[1] == 2


@pytest.mark.parametrize(
    ("text", "withheld", "counted"),
    [
        ("Ask @kim.doe or a.b@c.example", "Ask @… or @…", "Ask   or  "),
        ("see /u/jo_1 on www.x.example/kim", "see @… on [address]", "see   on  "),
        ("@kim@social.example", "@…", " "),
        ("5 euros @ home, a/u/b", "5 euros @ home, a/u/b", "5 euros @ home, a/u/b"),
    ],
)
def test_handles_and_addresses_go(text: str, withheld: str, counted: str) -> None:
    assert (without_authors(text), bare(text)) == (withheld, counted)
