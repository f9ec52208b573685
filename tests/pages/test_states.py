"""Every page, whatever is there: all streams, one missing, nothing, odd crises. It stays useful, says what is missing,
and leads to where that is added.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from pages.components import present, review
from pages.components.menu import PAGES
from pages.components.tables import LEAST
from reports.figures import style
from tests.every_page import Parameters, screens
from tests.odd import CODE, COMPANIES, LONG, NEWEST, OTHERS
from tests.pages.looking import alerts, frames, healthy, said, title

#: What a computer says where a person would say “not recorded”.
_RAW = re.compile(r"(?<![\w.-])(nan|NaN|None|NaT|<NA>|inf|-inf|Infinity|Timestamp|\[\]|\{\})(?![\w-])")
#: How a page says that there is nothing to show.
_ABSENT = ("Not measured:", "Nothing is recorded", "yet.")

#: Company → page, or part of it → what it must say there.
SAYS: Mapping[str, Mapping[str, str]] = {
    "empty": {
        "overview": "Nothing is imported yet.",
        "crisis_review/Speed": "There is no crisis to review yet.",
        "compare": "Comparing needs two crises; so far no crisis is recorded.",
        "case_library": "There is no case to look up yet.",
        "response_times": "There is no crisis to time yet.",
        "engagement": "There is no crisis to look at yet.",
        "reputation": "No reputation scores are imported yet.",
        "feedback": "There is no crisis yet that anybody could have been asked about.",
        "import": "Files come as your tools export them",
        "history": "Nothing was imported yet.",
    },
    "single": {
        "overview": "1 crisis; 1 item needs a decision.",
        "crisis_review/Speed": "The first public statement came 3 h 30 min after detection.",
        "compare": "so far one crisis is recorded.",
        "case_library/Similar cases": "There is no other case yet to compare it with.",
        "response_times": "in the one crisis that has it.",
    },
    "without log": {
        "crisis_review/Timeline": "Nothing is recorded of this crisis yet.",
        "crisis_review/Speed": "can't be told: no detected event recorded.",
        "crisis_review/Reaction": "Mentions peaked at",
        "response_times": "can't be told: 1 crisis, with times missing or in the wrong order.",
    },
    "without posts": {
        "crisis_review/Summary": "Not measured: no posts or daily totals are imported.",
        "crisis_review/Reaction": "Not measured: no posts or daily totals are imported.",
        "crisis_review/People": "40 % favourable",
        "engagement": "Not measured: no posts or daily totals are imported.",
    },
    "without survey": {
        "crisis_review/Summary": "Not measured: no survey is imported.",
        "crisis_review/People": "Not measured: no survey is imported.",
        "feedback": "Nobody has been asked since the crisis began.",
    },
    "without scores": {
        "crisis_review/Summary": "Not measured: no reputation scores are imported.",
        "crisis_review/Reputation": "Not measured: no reputation scores are imported.",
        "reputation": "No reputation scores are imported yet.",
    },
    "without a start": dict.fromkeys(("engagement", "reputation", "feedback", "crisis_review/Summary", "crisis_review/Reaction"), "Nobody recorded when this crisis began"),
    "one event": {
        "overview": "1 crisis; nothing needs a decision.",
        "crisis_review/Speed": "No public statement yet",
        "response_times": "no median: it has not ended in the one crisis so far",
    },
    "300 crises": {
        "overview": "The latest 50 of 300 crises; Crisis review has them all.",
        "crisis_review/Speed": "The first public statement came 3 h after detection",
    },
    "five years": {"crisis_review/Timeline": "from 2 March 2021 to 1 March 2026"},
    "unscored posts": {"engagement": "none of 40 posts can be scored.", "crisis_review/Reaction": "- Volume stayed within"},
    "odd titles": {"overview": "5 crises", "crisis_review/Summary": LONG},
}  # fmt: skip


def name_of(path: str, parameters: Parameters) -> str:
    part = next((str(parameters[one]) for one in ("section", "library", "show", "task") if one in parameters), "")
    return f"{path}/{part}" if part else path


def cells(page: Any) -> Iterator[tuple[str, Any]]:
    """Every cell of every table that nobody types into, with its heading; a blank one as the table shows it."""
    for table in page.dataframe:
        if not table.proto.editing_mode:
            for name, column in table.value.items():
                told = [cell for cell in column if not hasattr(cell, "__len__") or isinstance(cell, str)]
                yield from ((str(name), (table.proto.placeholder or None) if is_blank(cell) else cell) for cell in told)


def is_blank(cell: Any) -> bool:
    return cell is None or cell != cell or str(cell).strip() == ""


def drawn(page: Any) -> Iterator[str]:
    """Every text that stands in a figure, and what is read of it to those who cannot see it."""
    for chart in page.get("plotly_chart"):
        layout = json.loads(chart.proto.spec)["layout"]
        yield from (str(note.get("text", "")) for note in layout.get("annotations", ()))
        yield from (str(axis["title"].get("text", "")) for key, axis in layout.items() if "axis" in key and "title" in axis)  # fmt: skip
        yield str(chart.proto.alt)


def faults(page: Any, *, may_lead_on: bool) -> list[str]:
    """What is wrong with a page, whatever it shows."""
    found = [f"exception: {error.message}" for error in page.exception]
    if found:
        return found
    if not page.title or not title(page).strip():
        found.append("no title")
    told = [said(page), *(f"{m.value} {m.delta}" for m in page.metric), *drawn(page)]
    found += [f"raw word in: {match[0]}" for text in told for match in re.finditer(f".{{0,40}}{_RAW.pattern}", text)]
    for heading, cell in cells(page):
        if is_blank(cell) or _RAW.fullmatch(str(cell)):
            found.append(f"cell without words: {heading}: {cell!r}")
    ways = [e.label for kind in ("page_link", "button", "menu_button", "file_uploader") for e in page.get(kind)]
    if may_lead_on and any(sign in told[0] for sign in _ABSENT) and not ways:
        found.append("says that something is missing, but not how to add it")
    return found


def visited(
    open_page: Any, path: str, crisis: str, others: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any, list[str]]]:
    """A page and every part of it, and what is wrong there."""
    for one, parameters in screens(crisis, others):
        if one == path:
            page = open_page(path, **parameters)
            presented = "present" in parameters
            name = name_of(path, parameters) + "/presented" * presented
            yield name, page, faults(page, may_lead_on=not presented and path != "import")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Company → the file of its database, once it was made."""
    return {}


@pytest.fixture
def company(
    request: pytest.FixtureRequest, small: str, built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a company, whose data are in the configured database."""
    name, file = str(request.param), Path(str(make_url(small).database))
    if name in built:
        shutil.copyfile(built[name], file)
        return name
    COMPANIES[name]()
    built[name] = tmp_path_factory.mktemp("company") / "aftermath.db"
    with closing(sqlite3.connect(file)) as made, closing(sqlite3.connect(built[name])) as copy:
        made.backup(copy)
    return name


@pytest.mark.parametrize("path", [entry.path for entry in PAGES])
@pytest.mark.parametrize("company", COMPANIES, indirect=True)
def test_every_page_is_useful_and_says_what_is_missing(company: str, path: str, open_page: Any) -> None:
    wrong: dict[str, list[str]] = {}
    missing = {name: text for name, text in SAYS[company].items() if name.partition("/")[0] == path}
    for name, page, found in visited(open_page, path, NEWEST.get(company, CODE), OTHERS.get(company, ())):
        if found:
            wrong[name] = found
        if name in missing and missing[name] in said(page):
            del missing[name]
    assert wrong == {}
    assert missing == {}


@pytest.mark.usefixtures("sample_database")
@pytest.mark.parametrize("path", [entry.path for entry in PAGES])
def test_every_page_of_a_full_company_is_in_order(path: str, open_page: Any) -> None:
    visits = list(visited(open_page, path, "2025-03-thread", ("2025-10-ticket", "2026-04-promotion")))
    assert visits
    assert {name: found for name, _, found in visits if found} == {}


@pytest.mark.usefixtures("small")
def test_what_is_missing_is_one_click_away(open_page: Any) -> None:
    COMPANIES["without a start"]()
    page = healthy(open_page("engagement", crisis=CODE))
    assert [link.label for link in page.get("page_link")][:2] == ["Add the event", "Import spreadsheets"]
    assert "section=Timeline" in page.get("page_link")[0].proto.query_string
    page = healthy(open_page("crisis_review", crisis=CODE, section="People"))
    assert "Import spreadsheets" in [link.label for link in page.get("page_link")]
    assert any("Nobody recorded" in alert for alert in alerts(page))
    assert frames(page) == []


@pytest.mark.usefixtures("small")
def test_what_is_long_is_broken_into_lines_where_a_table_is_narrow(open_page: Any) -> None:
    COMPANIES["odd titles"]()
    for path in ("overview", "history"):
        page = healthy(open_page(path))
        assert [table.proto.row_height >= LEAST for table in page.dataframe] == [True] * len(page.dataframe), path
    decisions, crises = frames(healthy(open_page("overview")))
    assert max(len(text) for text in decisions["What"]) <= 122
    assert max(len(text) for text in crises["Crisis"]) <= 62
    page = healthy(open_page("reputation", crisis=CODE))
    assert LONG in said(page)
    assert f"“{LONG[:40]}" in said(page)
    assert f"“{LONG}" not in said(page)


@pytest.mark.usefixtures("small")
def test_a_presentation_is_drawn_large_but_not_on_a_phone(open_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    COMPANIES["single"]()
    sizes = []
    for phone in (False, True):
        monkeypatch.setattr(review, "on_phone", lambda phone=phone: phone)
        (chart,) = healthy(open_page("crisis_review", section="Reputation", present="1")).get("plotly_chart")
        sizes.append(json.loads(chart.proto.spec)["layout"]["font"]["size"] / style.SIZE)
    assert sizes == [pytest.approx(present.TYPE), 1]
