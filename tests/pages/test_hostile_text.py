"""Imported text is shown letter by letter: it draws no picture, calls nobody, and changes no page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from importers.context import Options
from importers.pipeline import Upload, apply
from pages.components.text import plain
from tests.pages.looking import frames, healthy, markdown, words
from tests.small import ADMIN, bring, crisis, posts

HOSTILE = "Q ![x](https://evil.example/a.png) <img src=//evil.example> :red[x] $x^2$ **b** `c` [l](//evil.example)"
#: What would make the browser's Markdown do something, unless a backslash stands before it.
MARKS = re.compile(r"(?<!\\)(!\[x|<img|:red|\$x|\*b|`c|\[l)")
PAGES = [
    ("overview", {}),
    *(("crisis_review", {"section": s}) for s in ("Summary", "Timeline", "Speed", "Reaction", "Reputation", "People")),
    ("compare", {}),
    ("response_times", {}),
    ("engagement", {"crisis": "thread"}),
    ("reputation", {"crisis": "thread"}),
    ("history", {"batch": "1"}),
    ("history", {"batch": "2"}),
    ("import", {}),
    ("feedback", {"crisis": "thread"}),
    ("case_library", {"q": "evil"}),
    ("case_library", {"library": "Similar cases", "crisis": "thread"}),
    ("settings", {}),
    ("methods", {"search": HOSTILE}),
]


def test_plain_text_reads_as_it_was_written() -> None:
    assert words(plain(HOSTILE)) == HOSTILE
    assert plain("a\n\n# b\n- c") == "a \\# b \\- c"
    assert plain("") == ""


@pytest.fixture
def poisoned(small: str) -> None:
    crisis("thread", title=HOSTILE, summary=HOSTILE, severity="4", category=HOSTILE, name=f"{HOSTILE[:2]}<img>.csv")
    bring(
        "log.csv",
        [
            {"crisis": "thread", "occurred_at": at, "milestone": milestone, "audience": "public", "function": HOSTILE, "description": HOSTILE, "platform": "X"}
            for at, milestone in (("2026-03-02 08:00", "posted"), ("2026-03-02 09:00", "detected"), ("2026-03-02 12:00", "statement"), ("2026-03-09 12:00", "resolved"))
        ],
    )  # fmt: skip
    days = ("2026-01-05", "2026-02-05", "2026-03-05")
    bring("s.csv", [{"date": d, "source": HOSTILE, "score": s, "scale_min": 0, "scale_max": 100} for d, s in zip(days, (70, 71, 60), strict=True)])  # fmt: skip
    for wave, closed in ((f"A{HOSTILE}", "2026-02-10"), (f"B{HOSTILE}", "2026-04-10")):
        results = apply(Upload("survey.csv", _survey(wave, closed)), Options(), ADMIN)
        assert not results[0].issues or results[0].new
    posts("2026-03-02", dict.fromkeys(range(-20, 10), (2, 1)))
    bring("gaps.csv", [{"gap": "G1", "title": HOSTILE, "section": HOSTILE, "due_on": "2026-03-05", "crisis": "thread", "responsible_function": HOSTILE}])  # fmt: skip
    crisis("other", title=HOSTILE, started_at="2026-03-20 08:00")
    bring("plan.csv", [{"plan_version": HOSTILE, "section": "S", "step": HOSTILE, "role": "PR", "fulfilled_by": "statement", "clock_starts": "detected", "target_minutes": 60, "effective_from": "2026-01-01"}])  # fmt: skip


def _survey(wave: str, closed: str) -> bytes:
    from tests.small import table

    return table(
        [
            {"wave": wave, "question": HOSTILE, "answer": n % 5 + 1, "opened_on": closed, "closed_on": closed, "respondent": f"r{n}", "scale_min": 1, "scale_max": 5}
            for n in range(30)
        ]
    )  # fmt: skip


def strings(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a figure with the place where it stands."""
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, dict | list):
        for name, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from strings(value, f"{place}.{name}")


@pytest.mark.usefixtures("poisoned")
def test_no_page_lets_it_through_as_markdown_and_no_figure_as_markup(open_page: Any) -> None:
    shown, drawn = False, 0
    for path, parameters in PAGES:
        popovers = {
            f"{parameters.get('section', '').lower()}_{name}": True for name in ("sources", "methods", "numbers")
        }
        page = healthy(open_page(path, state=popovers, **parameters))
        assert len(page.dataframe) == 2 or parameters.get("section") in (None, "Summary", "Timeline"), "not opened"
        for text in markdown(page):
            assert not MARKS.search(text), (path, parameters, text)
            shown |= "evil" in text
        for chart in page.get("plotly_chart"):
            drawn += 1
            for place, text in strings(json.loads(chart.proto.spec)):
                # What stands in meta is our own sentence for those who can't see the figure; Plotly draws none of it.
                assert "<img" not in text or place.startswith(".layout.meta"), (parameters, place, text)
    assert shown, "no page showed the text at all"
    assert drawn > 4


@pytest.mark.usefixtures("small")
def test_nor_does_the_import_page_before_it_is_saved(open_page: Any) -> None:
    page = open_page("import")
    rows = f'crisis,occurred_at,milestone,description\n"{HOSTILE}","{HOSTILE}",posted,"{HOSTILE}"\n'.encode()
    page.file_uploader[0].upload(f"{HOSTILE[:20]}<img>.csv", rows).upload("b<img>**b.csv", b"![x](//evil),**b\n1,2\n")
    page = healthy(page.run())
    assert len(frames(page)[0]) == 2
    for text in markdown(page):
        assert not MARKS.search(text), text
