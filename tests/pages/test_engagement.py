from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from data.enums import Role
from tests.pages.looking import alerts, frames, healthy, markdown, said, title
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


@pytest.mark.usefixtures("sample_database")
def test_top_posts_and_sources_are_shown_when_they_are_asked_for(open_page: Any) -> None:
    page = healthy(open_page("engagement", crisis=THREAD, detail="Top posts"))
    assert "mentions with most reactions drew" in said(page)
    (posts,) = frames(page)
    assert posts["Kind"].tolist()[:10] == ["mention"] * 10
    assert posts["Post"].dropna().str.startswith("https://").all()
    assert len(posts["Post"].dropna()) > 0
    page = healthy(open_page("engagement", crisis=THREAD, detail="Sources"))
    assert "come from Listening tool" in said(page)
    assert frames(page)[0]["Source"].tolist() == ["Listening tool"]
    page = healthy(open_page("engagement", crisis=THREAD, detail="Audiences"))
    assert "names an audience; the template's column “audience” would." in said(page)
    assert frames(page) == []


@pytest.mark.usefixtures("sample_database")
def test_who_may_not_see_authors_and_a_presentation_see_neither_addresses_nor_handles(
    open_page: Any, seen_by: Any
) -> None:
    shown = healthy(open_page("engagement", crisis=THREAD, detail="Top posts", present="1"))
    seen_by(Role.LEADERSHIP)
    for page in (shown, healthy(open_page("engagement", crisis=THREAD, detail="Top posts"))):
        (posts,) = frames(page)
        assert posts.get("Post", pd.Series(dtype=object))[posts["Kind"] == "mention"].isna().all()
        assert "Addresses and handles are withheld" in said(page)


@pytest.mark.usefixtures("sample_database")
def test_words_that_came_up_lead_to_the_posts_that_say_them(open_page: Any) -> None:
    page = healthy(open_page("engagement", crisis=THREAD, detail="Words"))
    words, behind = frames(page)
    assert (words["Said"] == "more often").any()
    assert words["Word"].iloc[0] in behind["Text"].iloc[0].lower()
    other = words["Word"].iloc[1]
    page = healthy(open_page("engagement", crisis=THREAD, detail="Words", word=other))
    assert all(other in text.lower() for text in frames(page)[1]["Text"])


@pytest.mark.usefixtures("small")
def test_hostile_posts_are_cells_and_their_addresses_lead_nowhere_else(open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted")
    text = "![x](http://x.example/a.png) <script>alert(1)</script> 😀 ملف"
    posts("2026-03-02", dict.fromkeys(range(-20, 4), (2, 0)), text=text, likes="2", url="javascript:alert(1)")
    page = healthy(open_page("engagement", detail="Top posts"))
    (shown,) = frames(page)
    assert set(shown["Text"]) == {text}
    assert "Post" not in shown
    assert not any("alert" in element for element in markdown(page))
