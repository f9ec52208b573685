"""Labelling a sample of what the lexicon scored: what is shown, what is hidden, and what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data.commands.labels import label
from data.engine import reading, writing
from data.enums import Role
from data.tables import PostLabel
from importers.scoring import score_unscored
from pages.components import label_sample
from tests.pages.looking import alerts, frames, healthy, markdown, said, title
from tests.small import ADMIN, bring, log

HOSTILE = "A horrible ![x](https://evil.example/a.png) <img src=//evil.example> :red[x] **answer** of theirs"
TASK = {"task": "Label a sample"}


def mentions(count: int, *, day: str = "2026-03-03", name: str = "words.csv", text: str | None = None) -> None:
    """English mentions without a score; every other one is negative in the lexicon's eyes."""
    bring(
        name,
        [
            {
                "posted_at": f"{day} {number // 60:02}:{number % 60:02}", "platform": "X", "post_id": f"{day}-{number}",
                "source": "somebody's stream", "url": f"https://x.example/author/{day}/{number}", "language": "en",
                "text": text or f"{'A horrible' if number % 2 else 'A wonderful'} answer, number {number}",
            }
            for number in range(count)
        ],
    )  # fmt: skip
    score_unscored()


def kept() -> dict[str, int]:
    with reading() as session:
        return dict(session.execute(sa.select(PostLabel.post_key, PostLabel.polarity)).all())


def text(page: AppTest) -> str:
    """The post on the screen."""
    (shown,) = page.text
    return str(shown.value)


def click(page: AppTest, key: str) -> AppTest:
    return healthy(page.button(key=key).click().run())


def metrics(page: AppTest) -> dict[str, tuple[str, str]]:
    return {m.label: (m.value, m.delta) for m in page.metric}


def test_the_page_begins_with_the_upload_and_the_address_leads_here(small: str, open_page: Any) -> None:
    page = healthy(open_page("import"))
    assert title(page) == "Import"
    assert len(page.file_uploader) == 1
    page = healthy(open_page("import", **TASK))
    assert len(page.file_uploader) == 0
    assert title(page) == "Label a sample"


def test_nothing_scored_yet(small: str, open_page: Any) -> None:
    page = healthy(open_page("import", **TASK))
    assert len(alerts(page)) == 1
    assert "has scored no English mention here yet" in alerts(page)[0]
    assert [b.key for b in page.button if b.key and b.key.startswith("label_")] == []


def test_one_post_at_a_time_and_the_lexicon_s_verdict_only_afterwards(small: str, open_page: Any) -> None:
    mentions(12)
    page = healthy(open_page("import", **TASK))
    assert title(page) == "0 of 12 posts labelled"
    first = text(page)
    assert "X · 3 March 2026, 00:" in said(page)
    assert "lexicon negative" not in said(page).lower()
    assert "you say" not in said(page)
    page = click(page, "label_neutral")
    assert list(kept().values()) == [0]
    assert title(page) == "1 of 12 posts labelled"
    assert text(page) != first
    verdict = "negative" if "horrible" in first else "positive"
    assert f"The last one: you say neutral, the lexicon {verdict}." in said(page)
    assert kept().keys() == {f"x:2026-03-03-{re.findall(r'[0-9]+', first)[0]}"}


def test_taking_a_label_back_shows_the_post_again(small: str, open_page: Any) -> None:
    mentions(12)
    page = healthy(open_page("import", **TASK))
    first = text(page)
    page = click(page, "label_positive")
    page = click(page, "take_back")
    assert (text(page), kept()) == (first, {})
    assert "you say" not in said(page)


def test_skipped_posts_come_last(small: str, open_page: Any) -> None:
    mentions(3)
    page = healthy(open_page("import", **TASK))
    skipped = text(page)
    page = click(page, "label_skip")
    page = click(click(page, "label_negative"), "label_negative")
    assert title(page) == "2 of 3 posts labelled"
    assert alerts(page) == ["You skipped 1 post; nothing else is left."]
    page = click(page, "again")
    assert text(page) == skipped
    page = click(page, "label_positive")
    assert alerts(page) == ["All of the sample is labelled."]
    assert "more" not in [b.key for b in page.button], "there are no more to draw"


def test_running_numbers_with_their_intervals_and_why_there_are_none(small: str, open_page: Any) -> None:
    mentions(40)
    page = healthy(open_page("import", **TASK))
    assert metrics(page) == dict.fromkeys(("Sensitivity", "Specificity", "Negative, corrected"), ("–", ""))
    assert "No post was labelled negative." in said(page)
    with writing() as session:
        for number in range(28):
            human = -1 if number % 2 and number != 1 else 1
            label(session, ADMIN, f"x:2026-03-03-{number}", human)
    page = healthy(page.run())
    assert title(page) == "28 of 40 posts labelled"
    assert metrics(page) == {
        "Sensitivity": ("100 %", "77 % to 100 %"),
        "Specificity": ("93 %", "70 % to 99 %"),
        "Negative, corrected": ("46 %", "24 % to 68 %"),
    }
    assert frames(page)[0].to_numpy().tolist() == [["Negative", 13, 0, 0], ["Neutral", 0, 0, 0], ["Positive", 1, 0, 14]]


def test_more_are_drawn_when_all_are_labelled(small: str, open_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_sample, "SIZE", 2)
    mentions(5)
    page = healthy(open_page("import", **TASK))
    page = click(click(page, "label_negative"), "label_negative")
    assert title(page) == "2 of 2 posts labelled"
    page = click(page, "more")
    assert title(page) == "2 of 4 posts labelled"
    assert len(kept()) == 2


def test_the_posts_of_one_crisis(small: str, open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-06 09:00 resolved")
    log("later", "2026-06-02 08:00 posted", "2026-06-02 09:00 detected", name="later.csv")
    mentions(4)
    mentions(6, day="2026-02-20", name="before.csv")
    page = healthy(open_page("import", **TASK))
    assert title(page) == "0 of 10 posts labelled"
    page = healthy(open_page("import", **TASK, crisis="thread"))
    assert title(page) == "0 of 4 posts labelled"
    page = click(page, "label_negative")
    assert title(page) == "1 of 4 posts labelled"
    page = healthy(page.selectbox[0].select("later").run())
    assert len(alerts(page)) == 1


def test_posts_that_come_in_meanwhile_are_drawn_too(small: str, open_page: Any) -> None:
    mentions(3)
    page = click(healthy(open_page("import", **TASK)), "label_negative")
    mentions(2, day="2026-03-04", name="more.csv")
    page = healthy(page.run())
    assert title(page) == "1 of 5 posts labelled"


def test_a_post_that_an_export_scored_meanwhile_is_not_labelled(small: str, open_page: Any) -> None:
    mentions(1)
    page = healthy(open_page("import", **TASK))
    bring("l.csv", [{"posted_at": "2026-03-03 00:00", "platform": "X", "post_id": "2026-03-03-0", "sentiment_label": "negative"}])  # fmt: skip
    page = click(page, "label_positive")
    assert kept() == {}
    assert any("has scored no English mention" in alert or "no longer here" in alert for alert in alerts(page))


def test_imported_text_is_shown_letter_by_letter_and_never_its_author(small: str, open_page: Any) -> None:
    mentions(1, text=HOSTILE)
    page = healthy(open_page("import", **TASK))
    assert text(page) == HOSTILE
    everything = [*markdown(page), text(page)]
    assert not any("somebody" in part or "x.example/author" in part for part in everything)
    assert not any("<img" in part for part in markdown(page))


def test_each_verdict_has_a_key(small: str, open_page: Any) -> None:
    mentions(1)
    page = healthy(open_page("import", **TASK))
    keys = {b.label: b.proto.shortcut.upper() for b in page.button if b.key and b.key.startswith("label_")}
    assert keys == {"Negative": "N", "Neutral": "U", "Positive": "P", "Skip": "S"}


def test_who_may_not_import_posts_reads_none(small: str, open_page: Any, seen_by: Callable[[Role], None]) -> None:
    mentions(3)
    seen_by(Role.HR)
    page = healthy(open_page("import", **TASK))
    assert alerts(page) == ["Your role does not include posts, so there is nothing to label here."]
    assert len(page.text) == 0
    seen_by(Role.ANALYST)
    assert title(healthy(open_page("import", **TASK))) == "0 of 3 posts labelled"
