from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pages.looking import alerts, frames, healthy, said, title
from tests.small import crisis, log, posts

THREAD = "2025-03-thread"


@pytest.mark.usefixtures("sample_database")
def test_one_crisis_before_during_and_after_on_each_platform(open_page: Any) -> None:
    page = healthy(open_page("engagement", crisis=THREAD))
    assert title(page) == "Engagement & sentiment"
    assert page.subheader[0].value.startswith("Mentions peaked at 13 times normal")
    (chart,) = page.get("plotly_chart")
    drawn = json.loads(chart.proto.spec)
    assert [trace["name"] for trace in drawn["data"]] == ["Single posts", "Daily totals", "Net sentiment"]
    assert {"Before", "During", "After"} <= {note["text"] for note in drawn["layout"]["annotations"]}
    (platforms,) = frames(page)
    assert platforms["Platform"].tolist()[0] == "X"
    assert platforms.set_index("Platform").loc["Reddit", "By lexicon"] == "100 %"
    assert "The lexicon scored 12 % of 2,140 posts" in said(page)
    assert "44 % of the mentions shown were counted from daily totals" in said(page)


@pytest.mark.usefixtures("small")
def test_without_a_crisis_it_leads_to_import(open_page: Any) -> None:
    page = healthy(open_page("engagement"))
    assert alerts(page) == ["There is no crisis to look at yet."]


@pytest.mark.usefixtures("small")
def test_a_crisis_without_a_start_or_posts_says_what_is_missing(open_page: Any) -> None:
    crisis("thread", title="Ω" * 200)
    assert "nobody recorded when the crisis began" in said(healthy(open_page("engagement")))
    log("thread", "2026-03-02 08:00 posted")
    page = healthy(open_page("engagement"))
    assert "no posts or daily totals are imported" in said(page)
    assert not page.get("plotly_chart")


@pytest.mark.usefixtures("small")
def test_posts_without_sentiment_are_shown_as_not_scored(open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted")
    posts("2026-03-02", dict.fromkeys(range(-20, 4), (2, 0)), sentiment_label="", text="", platform="ملف 😀")
    page = healthy(open_page("engagement"))
    assert frames(page)[0]["Net sentiment"].tolist() == ["not scored → not scored"]
