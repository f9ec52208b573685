"""Hand labels: who may give them, what is drawn to be labelled, and what is kept of it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from data.access import Viewer
from data.commands.labels import LabelRefused, clear, label
from data.commands.records import Record
from data.commands.restrictions import follow
from data.engine import reading, writing
from data.enums import Role
from data.queries import labels
from data.queries.labels import Draw, Within
from data.tables import Crisis, Post, PostLabel
from tests.data.world import NOON, crisis, imported, minutes, post, rows, undo

ANALYST = Viewer("ann", Role.ANALYST)
HR = Viewer("hal", Role.HR)
DAY = date(2026, 3, 2)
FAR = datetime(2030, 1, 1, tzinfo=UTC)
MARCH = Within("UTC", DAY, date(2026, 3, 4), FAR)


def scored(key: str, at: Any = NOON, *, polarity: int = -1, **values: Any) -> Record:
    """An English mention that the lexicon scored."""
    given = {"text": f"text of {key}", "language": "en", "polarity": polarity, "sentiment": polarity * 0.5}
    return post(key, at, **({"scored_by": "lexicon", "kind": "mention", "topic": ""} | given | values))


def drawn(within: Within | None = None, viewer: Viewer = ANALYST, **asked: int) -> Draw:
    with reading() as session:
        return labels.draw(session, viewer, within, **asked)


def put_label(key: str, polarity: int, viewer: Viewer = ANALYST) -> None:
    with writing() as session:
        label(session, viewer, key, polarity)


def kept() -> list[tuple[Any, ...]]:
    return rows("post_label", "post_key", "polarity", "labelled_by")


def test_only_english_mentions_that_the_lexicon_scored_are_drawn(database: str) -> None:
    imported(
        Post,
        scored("yes"),
        scored("day", DAY, polarity=1),
        scored("export", scored_by="export_score"),
        scored("label", scored_by="export_label"),
        scored("owned", kind="owned"),
        post("german", language="de", text="Nein"),
        post("waiting", text="not scored yet"),
    )
    found = drawn()
    assert (set(found.keys), found.scored, found.negative) == ({"yes", "day"}, 2, 1)
    with reading() as session:
        assert labels.counts(session) == (1, 2)
        assert labels.post(session, ANALYST, "owned") is None


def test_the_sample_is_random_and_the_same_every_time(database: str) -> None:
    keys = [f"x:{number}" for number in range(300)]
    imported(Post, *[scored(key, NOON + minutes(n), row=n) for n, key in enumerate(keys)])
    found = drawn(size=100)
    assert len(set(found.keys)) == 100
    assert drawn(size=100) == found
    assert drawn(size=40).keys == found.keys[:40], "a larger sample begins with the smaller"
    assert set(drawn(size=100, seed=2).keys) != set(found.keys)
    assert drawn(size=500).scored == len(drawn(size=500).keys) == 300
    ranks = sorted(keys.index(key) for key in found.keys)
    assert 120 < sum(ranks) / 100 < 180, "from all over, not from one end"


def test_every_post_is_as_likely_as_another(database: str) -> None:
    imported(Post, *[scored(f"x:{number:03}", row=number) for number in range(20)])
    times = dict.fromkeys((f"x:{number:03}" for number in range(20)), 0)
    for seed in range(200):
        for key in drawn(size=5, seed=seed).keys:
            times[key] += 1
    assert all(25 <= count <= 80 for count in times.values()), times  # 50 expected, 6 is its standard deviation


def test_what_was_labelled_stays_in_the_sample_when_posts_come_in(database: str) -> None:
    imported(Post, *[scored(f"x:{number}", row=number) for number in range(200)])
    before = drawn(size=100).keys
    imported(Post, *[scored(f"new:{number}", row=number) for number in range(20)], file="b.csv")
    after = [key for key in drawn(size=100).keys if not key.startswith("new")]
    assert 80 < len(after) < 100
    assert after == list(before[: len(after)]), "the new ones push out the last, and nothing else moves"


def test_a_crisis_has_the_posts_of_its_days_and_topics(database: str) -> None:
    imported(
        Post,
        scored("before", datetime(2026, 3, 1, 22, 59, tzinfo=UTC)),
        scored("first", datetime(2026, 3, 1, 23, 0, tzinfo=UTC), topic="thread"),
        scored("last", datetime(2026, 3, 4, 22, 59, tzinfo=UTC), topic="other"),
        scored("after", datetime(2026, 3, 4, 23, 0, tzinfo=UTC)),
        scored("on", DAY, topic="thread", polarity=0),
        scored("late", date(2026, 3, 5)),
    )
    berlin = Within("Europe/Berlin", DAY, date(2026, 3, 4), FAR)
    assert set(drawn(berlin).keys) == {"first", "last", "on"}
    topical = Within("Europe/Berlin", DAY, date(2026, 3, 4), FAR, ("thread",))
    assert set(drawn(topical).keys) == {"first", "on"}
    then = Within("Europe/Berlin", DAY, date(2026, 3, 4), datetime(2026, 3, 2, tzinfo=UTC))
    assert set(drawn(then).keys) == {"first", "on"}, "what came after the moment looked from does not exist"
    with reading() as session:
        assert labels.counts(session, berlin) == (2, 3)


def test_a_restricted_crisis_does_not_exist_for_others(database: str) -> None:
    imported(Crisis, crisis("Open", topics=["thread"], timezone="Europe/Berlin"), crisis("secret"))
    with writing() as session:
        follow(session, {"secret": (None, {"restricted_to": ["legal"]})})
    with reading() as session:
        days = (DAY, date(2026, 3, 4), FAR)
        assert labels.of_crisis(session, ANALYST, "secret", *days) is None
        assert labels.of_crisis(session, Viewer("leo", Role.LEGAL), "secret", *days) is not None
        assert labels.of_crisis(session, ANALYST, "nowhere", *days) is None
        assert labels.of_crisis(session, ANALYST, "open", *days) == Within("Europe/Berlin", *days, ("thread",))


def test_labels_are_kept_once_a_post_and_written_in_the_audit_without_text(database: str) -> None:
    imported(Post, scored("a", text="the very words"), scored("b", polarity=1))
    put_label("a", -1)
    put_label("a", 0, Viewer("bob", Role.ADMIN))
    put_label("b", 1)
    assert kept() == [("a", 0, "bob"), ("b", 1, "ann")]
    with reading() as session:
        found = labels.labelled(session)
        assert found.to_dict("list") == {"key": ["a", "b"], "machine": [-1, 1], "human": [0, 1]}
        assert len(labels.labelled(session, Within("UTC", DAY, DAY, NOON))) == 0
        assert len(labels.labelled(session, MARCH)) == 2
    with writing() as session:
        clear(session, ANALYST, "a")
        clear(session, ANALYST, "a")
    assert kept() == [("b", 1, "ann")]
    audit = [(action, target) for action, target in rows("audit_entry", "action", "target") if "label" in action]
    assert sorted(audit) == [("post label cleared", "a")] + [("post labelled", key) for key in "aab"]
    assert "very words" not in repr(rows("audit_entry"))


@pytest.mark.parametrize("role", [Role.HR, Role.LEADERSHIP, Role.LEGAL, Role.AUDITOR])
def test_who_may_not_import_engagement_neither_reads_nor_labels(database: str, role: Role) -> None:
    imported(Post, scored("a"))
    other = Viewer("other", role)
    with writing() as session, pytest.raises(LabelRefused, match="role"):
        label(session, other, "a", 1)
    with writing() as session, pytest.raises(LabelRefused, match="role"):
        clear(session, other, "a")
    assert drawn(viewer=other) == Draw((), 0, 0)
    with reading() as session:
        assert labels.post(session, other, "a") is None
    assert kept() == []


@pytest.mark.parametrize(
    ("key", "polarity", "why"),
    [("gone", 1, "no longer here"), ("export", 1, "no longer here"), ("a", 2, "negative")],
)
def test_what_cannot_be_labelled_is_refused(database: str, key: str, polarity: int, why: str) -> None:
    imported(Post, scored("a"), scored("export", scored_by="export_score"))
    with writing() as session, pytest.raises(LabelRefused, match=why):
        label(session, ANALYST, key, polarity)
    assert kept() == []


def test_a_post_is_read_without_its_author(database: str) -> None:
    imported(Post, scored("x:1", text="words", external_id="1", url="https://x.example/somebody/1"))
    with reading() as session:
        found = labels.post(session, ANALYST, "x:1")
    assert found == {
        "key": "x:1", "text": "words", "platform": "X", "posted_at": NOON, "posted_on": None, "polarity": -1,
        "sentiment": -0.5,
    }  # fmt: skip


def test_a_label_rests_while_an_export_scores_the_post_or_the_post_is_gone(database: str) -> None:
    number, _ = imported(Post, scored("a"), scored("b"))
    put_label("a", -1)
    put_label("b", -1)
    imported(Post, Record("b", 2, {"platform": "X", "posted_at": NOON, "polarity": 1, "scored_by": "export_label"}))
    with reading() as session:
        assert labels.labelled(session)["key"].tolist() == ["a"]
    undo(number)
    with reading() as session:
        assert labels.labelled(session).empty, "what was taken back counts nowhere"
        assert labels.post(session, ANALYST, "a") is None
    assert kept() == [("a", -1, "ann"), ("b", -1, "ann")]
    assert set(PostLabel.__table__.c.keys()) == {"post_key", "polarity", "labelled_at", "labelled_by"}
    imported(Post, scored("a"), scored("c"))
    with reading() as session:
        assert labels.labelled(session)["key"].tolist() == ["a"], "imported again, it meets its label"


def test_the_order_in_which_posts_are_read_does_not_matter(database: str) -> None:
    draw = random.Random(5)
    keys = [f"k{draw.randrange(10**9)}-{n}" for n in range(150)]
    imported(Post, *[scored(key, row=n) for n, key in enumerate(keys)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(labels, "_AT_A_TIME", 7)
        assert drawn(size=30).keys == tuple(sorted(keys, key=lambda key: labels._place(key, labels.SEED))[:30])
