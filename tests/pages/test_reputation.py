from __future__ import annotations

from typing import Any

import pytest

from tests.pages.looking import alerts, frames, healthy, said, title
from tests.small import bring, crisis


@pytest.mark.usefixtures("sample_database")
def test_one_crisis_and_all_of_them_source_by_source(open_page: Any) -> None:
    page = healthy(open_page("reputation", crisis="2025-03-thread"))
    assert title(page) == "Reputation"
    assert page.subheader[0].value.startswith("Trust index fell 7\\.9 points")
    assert len(page.get("plotly_chart")) == 2
    told = "Trust index fell in all four crises, furthest in “Thread mocking call centre staff”, by 7.9 points"
    assert told in said(page)
    (table,) = frames(page)
    assert table["Back after"].tolist() == ["at least 3 days", "44 days", "38 days", "65 days"]


@pytest.mark.usefixtures("sample_database")
def test_a_link_opens_the_crises_of_a_source(open_page: Any) -> None:
    page = healthy(open_page("reputation", crisis="2025-03-thread", source="Brand tracker"))
    (table,) = frames(page)
    assert table["Back after"].tolist()[-1].startswith("at least")
    assert table["Fell"].tolist()[-1] == "7.5 points"
    page = healthy(open_page("reputation", source="Nobody's"))
    assert "There is no source “Nobody's” here." in alerts(page)


@pytest.mark.usefixtures("small")
def test_without_scores_it_leads_to_import(open_page: Any) -> None:
    crisis("thread", started_at="2026-03-02 08:00")
    page = healthy(open_page("reputation"))
    assert alerts(page) == ["No reputation scores are imported yet."]
    assert [link.label for link in page.get("page_link")] == ["Import spreadsheets"]


@pytest.mark.usefixtures("small")
def test_scores_without_a_crisis_or_with_one_that_has_no_start(open_page: Any) -> None:
    days = ("2026-01-05", "2026-02-05", "2026-03-05")
    bring("s.csv", [{"date": d, "source": "مؤشر <b>😀", "score": 70, "scale_min": 0, "scale_max": 100} for d in days])
    page = healthy(open_page("reputation"))
    assert len(page.get("plotly_chart")) == 1
    crisis("thread", title="W" * 200)
    page = healthy(open_page("reputation"))
    assert "nobody recorded when the crisis began" in said(page)
    assert len(page.get("plotly_chart")) == 1
