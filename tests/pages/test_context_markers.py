"""Context markers by hand on the pages with a time axis."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from data.commands import markers
from data.engine import reading, writing
from data.enums import Role
from data.queries import markers as queries
from tests.pages.looking import frames, healthy, opened_popover, said
from tests.small import ADMIN, log, posts


def stored() -> list[tuple[str, str]]:
    with reading() as session:
        found = queries.markers(session, ADMIN, date.max)
    return [(f"{day:%Y-%m-%d}", title) for day, title in zip(found["date"], found["title"], strict=True)]


def drawn(page: Any) -> list[str]:
    (chart,) = page.get("plotly_chart")
    return [n["text"] for n in json.loads(chart.proto.spec)["layout"]["annotations"] if n.get("name") == "marker"]


def prepared(*titles: str) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-05 09:00 resolved")
    posts("2026-03-02", dict.fromkeys(range(-20, 14), (2, 1)))
    with writing() as session:
        for title in titles:
            markers.enter(session, ADMIN, {"happened_on": date(2026, 3, 4), "title": title})


@pytest.mark.usefixtures("small")
def test_a_marker_is_added_on_the_page_and_drawn_on_its_axis(open_page: Any) -> None:
    prepared()
    page = healthy(open_page("engagement"))
    assert drawn(page) == []
    healthy(page.button(key="add_marker").click().run())
    page.text_input(key="new_title").set_value("Launch <b>of</b> [5.0](http://x.example)")
    page = healthy(page.button(key="save_marker").click().run())
    assert "Day is missing" in said(page)
    page.date_input(key="new_day").set_value(date(2026, 3, 3))
    page = healthy(page.button(key="save_marker").click().run())
    assert stored() == [("2026-03-03", "Launch <b>of</b> [5.0](http://x.example)")]
    assert drawn(page) == ["<i>Launch &lt;b&gt;of&lt;/b&gt; [5.0](http://x.example)</i>"]


@pytest.mark.usefixtures("small")
def test_a_marker_is_corrected_and_removed_for_a_reason(open_page: Any) -> None:
    prepared("Launch", "Outage")
    page = healthy(open_page("engagement"))
    page = healthy(page.button(key="change_marker").click().run())
    (title,) = [field for field in page.text_input if (field.key or "").endswith("_title")]
    title.set_value("Launch of 5.0")
    page = healthy(page.button(key="save_marker").click().run())
    assert "a correction needs a reason" in said(page)
    (reason,) = [field for field in page.text_input if (field.key or "").endswith("_reason")]
    reason.set_value("In full")
    healthy(page.button(key="save_marker").click().run())
    assert stored() == [("2026-03-04", "Launch of 5.0"), ("2026-03-04", "Outage")]
    page = healthy(page.button(key="change_marker").click().run())
    (reason,) = [field for field in page.text_input if (field.key or "").endswith("_reason")]
    reason.set_value("Was none")
    healthy(page.button(key="remove_marker").click().run())
    assert stored() == [("2026-03-04", "Outage")]


@pytest.mark.usefixtures("small")
def test_who_may_not_enter_them_sees_them_all_the_same(open_page: Any, seen_by: Any) -> None:
    prepared("Launch")
    seen_by(Role.LEADERSHIP)
    page = healthy(open_page("engagement"))
    assert drawn(page) == ["<i>Launch</i>"]
    assert "add_marker" not in {button.key for button in page.button}


@pytest.mark.usefixtures("small")
def test_the_popover_lists_the_markers_and_who_changed_them(open_page: Any) -> None:
    prepared("Launch", "Outage")
    with writing() as session:
        markers.remove(session, ADMIN, 2, reason="Was none")
    page = opened_popover(open_page("engagement"), "context_markers")
    listed, changes = frames(page)[:2]
    assert listed["What happened"].tolist() == ["Launch"]
    assert changes["Change"].tolist() == ["Title removed", "Day removed", *["Title entered", "Day entered"] * 2]
    assert changes[["From", "Why"]].iloc[0].tolist() == ["Outage", "Was none"]


@pytest.mark.usefixtures("small")
def test_the_second_of_two_people_sees_both_versions_and_decides(open_page: Any) -> None:
    prepared("Launch")
    page = healthy(open_page("engagement"))
    page = healthy(page.button(key="change_marker").click().run())
    with writing() as session:
        markers.correct(session, ADMIN, 1, {"title": "Launch of 5.0"}, reason="In full")
    (title,) = [field for field in page.text_input if (field.key or "").endswith("_title")]
    (reason,) = [field for field in page.text_input if (field.key or "").endswith("_reason")]
    title.set_value("Launch party")
    reason.set_value("It was one")
    page = healthy(page.button(key="save_marker").click().run())
    assert "changed this" in said(page)
    versions = next(table for table in frames(page) if "Yours" in table)
    assert versions.to_numpy().tolist() == [["Title", "Launch", "Launch of 5.0", "Launch party"]]
    healthy(page.button(key="save_mine").click().run())
    assert stored() == [("2026-03-04", "Launch party")]
