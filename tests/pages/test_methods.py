from __future__ import annotations

from typing import Any

import pytest

from data.enums import Role
from metrics.catalogue import ALL
from metrics.estimate import Status
from metrics.standings import BETTER, STANDINGS
from pages.components.methods_shown import searched
from tests.pages.looking import alerts, frames, healthy, said, title

pytestmark = pytest.mark.usefixtures("small")


def subheader(page: Any) -> str:
    return str(page.subheader[0].value)


def test_every_metric_is_listed_and_the_first_is_shown_in_full(open_page: Any) -> None:
    page = healthy(open_page("methods"))
    assert title(page) == "Methods"
    assert frames(page)[0]["Metric"].tolist() == [metric.label for metric in ALL.values()]
    first = next(iter(ALL.values()))
    assert subheader(page) == first.label
    assert first.definition in said(page)
    assert "metric" not in page.query_params


@pytest.mark.parametrize("metric", ALL)
def test_a_link_opens_any_metric_with_all_that_is_declared(metric: str, open_page: Any) -> None:
    about = ALL[metric]
    page = healthy(open_page("methods", metric=metric))
    assert subheader(page) == about.label
    shown = said(page)
    for part in (about.definition, about.formula, about.edge_cases, about.unit, BETTER[about.better], about.source):
        assert " ".join(part.split()) in shown
    assert f"`{metric}`" in shown
    assert page.query_params["metric"] in (metric, [metric])


def test_a_click_on_a_row_opens_its_metric_and_stands_in_the_address(open_page: Any) -> None:
    page = open_page("methods")
    page.session_state["methods_"] = {"selection": {"rows": [5], "columns": [], "cells": []}}
    page = healthy(page.run())
    sixth = list(ALL.values())[5]
    assert subheader(page) == sixth.label
    assert page.query_params["metric"] in (sixth.id, [sixth.id])


def test_a_search_keeps_the_metrics_that_hold_every_word(open_page: Any) -> None:
    page = healthy(open_page("methods", search="STATEMENT median"))
    listed = frames(page)[0]["Metric"].tolist()
    assert ALL["update_cadence"].label in listed
    assert len(listed) < len(ALL)
    assert subheader(page) == listed[0]
    assert searched("update_cadence") == [ALL["update_cadence"], ALL["update_cadence_business"]]
    assert searched("") == list(ALL.values())


def test_a_search_without_a_match_says_so_letter_by_letter(open_page: Any) -> None:
    page = healthy(open_page("methods", search="![x](//evil) nothing"))
    assert alerts(page) == ["No metric mentions “![x](//evil) nothing”."]
    assert "What stands where a number would" in [e.value for e in page.subheader]


@pytest.mark.parametrize("metric", ["", "no_such", "![x](//evil)"])
def test_a_link_to_an_unknown_metric_is_said(metric: str, open_page: Any) -> None:
    page = healthy(open_page("methods", metric=metric))
    assert alerts(page) == [f"There is no metric “{metric}” here."]
    assert subheader(page) == next(iter(ALL.values())).label


def test_every_standing_has_its_word(open_page: Any) -> None:
    assert set(STANDINGS) == set(Status)
    (table,) = healthy(open_page("methods")).table
    assert table.value["Shown as"].tolist() == [shown for shown, _ in STANDINGS.values()]


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.LEGAL, Role.ANALYST, Role.HR])
def test_every_role_but_the_auditor_may_read_it(role: Role, open_page: Any, seen_by: Any) -> None:
    seen_by(role)
    assert title(healthy(open_page("methods"))) == "Methods"
