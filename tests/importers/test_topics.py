"""A post is of the topic that its export names, else of the first rule that its text fits."""

from __future__ import annotations

import random

import pandas as pd

from data.masking import Masker
from data.term_rules import parsed
from importers.check import Checked
from importers.formats.template_engagement import POSTS
from importers.identify import Match
from importers.sheet import Sheet
from importers.topics import name_topics
from tests.importers.files import comma_separated, fates, imported, on_sqlite, setting, stored

HEADER = ["posted_at", "platform", "post_id", "topic", "text"]


def posts(*rows: tuple[str | None, str | None], day: int = 1) -> str:
    said = [[f"2026-03-0{day} 09:00", "X", str(number), *row] for number, row in enumerate(rows)]
    return comma_separated([HEADER, *said])


def topics() -> list[str]:
    return [topic for (topic,) in stored("post", "topic")]


def test_rules_name_the_topic_of_posts_that_have_none(database: str) -> None:
    setting("topics.thread", '#thread, "the long post", -retro')
    setting("topics.a first", "everything")
    imported(
        posts(
            (None, "That THREAD again"),
            (None, "threads are fine"),
            (None, "see #Thread, a retro"),
            (None, "The  long-post"),
            (None, "thread of everything"),
            ("from the export", "thread"),
            (None, None),
        )
    )
    assert topics() == ["thread", "", "", "thread", "a first", "from the export", ""]
    rolled = dict(stored("quarter_rollup", "topic", "posts"))
    assert rolled == {"": 3, "a first": 1, "from the export": 1, "thread": 2}


@on_sqlite
def test_without_rules_a_post_without_topic_has_none(database: str) -> None:
    imported(posts((None, "thread")))
    assert topics() == [""]


@on_sqlite
def test_a_rule_reaches_posts_that_come_in_again(database: str) -> None:
    imported(posts((None, "thread")))
    setting("topics.thread", "thread")
    assert fates(imported(posts((None, "thread"), (None, "other")))) == (1, 1, 0, 0, 0)
    setting("topics.thread", "")
    assert fates(imported(posts((None, "thread"), (None, "other"), (None, "thread")))) == (1, 0, 2, 0, 0)
    assert topics() == ["thread", "", ""]


def sheet(texts: list[str | None]) -> Checked:
    rows = pd.DataFrame({"text": pd.Series(texts, dtype=object)}, index=range(2, len(texts) + 2))
    return Checked(Match(Sheet(None, [["text"]]), POSTS, 0), rows, len(rows))


def test_no_topic_is_named_where_no_rule_fits_100_000_posts() -> None:
    draw = random.Random(1)
    said = ["people", "said", "café", "customers", "never", "thread", "outage"]
    texts: list[str | None] = [" ".join(draw.choices(said, k=20)) + f" {number}" for number in range(100_000)]
    rules = {f"t{number}": parsed(f"nothing{number}, “people never said {number}”, -outage") for number in range(5)}
    checked = sheet(texts)
    name_topics([checked], rules, Masker([]))
    assert checked.rows["topic"].notna().sum() == 0
