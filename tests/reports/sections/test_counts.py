"""Days read for all crises at once are those that each crisis would read alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.engine import reading
from data.queries import engagement
from reports.sections import counts
from reports.sections.overview import overview
from reports.sections.reaction import AFTER, days_before, people_said
from reports.sections.scope import portfolio
from tests.small import ADMIN, crisis, front, log, moment, posts


@pytest.mark.usefixtures("small")
def test_what_was_read_ahead_is_what_each_would_read() -> None:
    posts("2026-03-02", {day: (2 + day % 3, 1) for day in range(-40, 80)})
    for number, day in enumerate(("2026-02-20", "2026-03-02", "2026-04-20")):
        log(f"c{number}", f"{day} 09:00 posted", name=f"{number}.csv")
    crisis("c1", name="facts.csv", timezone="Asia/Kathmandu")
    with reading() as session:
        of = portfolio(session, ADMIN, moment("2026-05-01 12:10"))
        scopes = list(of.each())
        counts.read_ahead(of, scopes, days_before(of.settings), AFTER)
        assert list(of.counts) == [("UTC", ())]
        for scope in scopes:
            assert scope.day0 is not None
            first, last = scope.day0 - pd.Timedelta(days=56), min(scope.today, scope.day0 + pd.Timedelta(days=AFTER))
            alone = engagement.daily(session, scope.zone, first.date(), last.date(), of.as_of)
            assert len(alone)
            pd.testing.assert_frame_equal(counts.daily(scope, first, last), alone)


@pytest.mark.usefixtures("small")
def test_one_crisis_and_none_are_read_when_they_are_asked_for() -> None:
    posts("2026-03-02", {0: (3, 1)})
    assert front("2026-06-01 12:00").total == 0
    log("thread", "2026-03-02 09:00 posted")
    with reading() as session:
        of = portfolio(session, ADMIN, moment("2026-06-01 12:00"))
        assert sum(overview(of).crises["posts"].iloc[0]) == 3
        assert of.counts == {}


@pytest.mark.usefixtures("small")
def test_a_page_tells_the_posts_of_a_section_and_the_same_numbers() -> None:
    posts("2026-03-02", {day: (2 + day % 3, 1) for day in range(-40, 60)})
    log("thread", "2026-03-02 09:00 posted", "2026-03-20 09:00 resolved")
    with reading() as session:
        of = portfolio(session, ADMIN, moment("2026-05-01 12:00"))
        told = people_said(of.find("thread"))
        shown = people_said(replace(of, cited=False, reactions={}, rows={}).find("thread"))
    assert shown.sources == told.sources
    assert shown.findings == told.findings
    assert [(m.id, m.estimate, m.group) for m in shown.measures] == [(m.id, m.estimate, m.group) for m in told.measures]
    assert all(m.sources.rows for m in told.measures if m.estimate.value is not None)
    assert all(m.sources.rows is None for m in shown.measures)
