"""A copied link opens the same view for a colleague, and says so where it names what is not there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.looking import alerts, healthy, said

pytestmark = pytest.mark.usefixtures("sample_database")

THREAD = "2025-03-thread"


def choices(page: Any) -> dict[str, Any]:
    """What stands in the fields of a page that stand in its address, by their keys."""
    kinds = ("selectbox", "multiselect", "button_group", "text_input", "toggle", "pagination")
    return {field.key: field.value for kind in kinds for field in page.get(kind)}


@pytest.mark.parametrize(
    ("path", "parameters", "found"),
    [
        ("overview", {"all_decisions": "true"}, {"all_decisions": True}),
        ("crisis_review", {"crisis": THREAD, "section": "Speed"}, {"crisis_choice": THREAD, "section": "Speed"}),
        ("compare", {"crises": [THREAD, "2025-10-ticket"]}, {"crises_choice": [THREAD, "2025-10-ticket"]}),
        (
            "response_times",
            {"interval": "time_to_contain", "hours": "Business hours"},
            {"interval_choice": "time_to_contain", "hours": "Business hours"},
        ),
        ("engagement", {"crisis": THREAD}, {"crisis_choice": THREAD}),
        ("reputation", {"crisis": THREAD, "source": "Employer rating"}, {"crisis_choice": THREAD, "source_choice": "Employer rating"}),
        ("feedback", {"crisis": THREAD}, {"crisis_choice": THREAD}),
        (
            "case_library",
            {"q": "statement", "kind": "Events", "severity": "3"},
            {"q": "statement", "kind": ["Events"], "severity": ["3"]},
        ),
        ("case_library", {"kind": "Events", "page": "2"}, {"kind": ["Events"]}),
        ("case_library", {"library": "Similar cases", "crisis": THREAD}, {"library": "Similar cases", "crisis_choice": THREAD}),
        ("history", {"show": "Coverage"}, {"show": "Coverage"}),
        ("history", {"batch": "1", "view": "File"}, {"view": "File"}),
        ("import", {"task": "Label a sample"}, {"task": "Label a sample"}),
        ("methods", {"search": "median"}, {"search": "median"}),
    ],
)  # fmt: skip
def test_a_link_opens_what_it_names(
    open_page: Any, path: str, parameters: dict[str, Any], found: dict[str, Any]
) -> None:
    page = healthy(open_page(path, **parameters))
    there = choices(page)
    assert {key: there[key] for key in found} == found
    assert not [alert for alert in alerts(page) if alert.startswith("There is no")]
    kept = {name: page.query_params[name] for name in parameters}
    assert {name: value[0] if value == [parameters[name]] else value for name, value in kept.items()} == parameters


@pytest.mark.parametrize(
    ("path", "parameters", "what"),
    [
        ("crisis_review", {"crisis": "gone"}, "crisis “gone”"),
        ("crisis_review", {"section": "Mood"}, "section “Mood”"),
        ("crisis_review", {"section": "Mood", "present": "1"}, "section “Mood”"),
        ("crisis_review", {"crisis": "gone", "present": "1"}, "crisis “gone”"),
        ("compare", {"crises": [THREAD, "gone"]}, "crisis “gone”"),
        ("response_times", {"interval": "time_to_fly"}, "interval “time_to_fly”"),
        ("response_times", {"hours": "Happy hours"}, "hours “Happy hours”"),
        ("engagement", {"crisis": "gone"}, "crisis “gone”"),
        ("reputation", {"source": "Yelp"}, "source “Yelp”"),
        ("feedback", {"crisis": "gone"}, "crisis “gone”"),
        ("case_library", {"kind": "Rumours"}, "kind “Rumours”"),
        ("case_library", {"library": "Books"}, "library “Books”"),
        ("case_library", {"q": "statement", "page": "99"}, "page “99”"),
        ("history", {"batch": "999"}, "batch “999”"),
        ("history", {"batch": "1", "rows": "few"}, "row “few”"),
        ("history", {"show": "Nothing"}, "show “Nothing”"),
        ("methods", {"metric": "mood"}, "metric “mood”"),
        ("import", {"task": "Sleep"}, "task “Sleep”"),
    ],
)
def test_a_link_to_what_is_not_there_says_so(open_page: Any, path: str, parameters: dict[str, Any], what: str) -> None:
    page = healthy(open_page(path, **parameters))
    assert f"There is no {what} here." in alerts(page)
    assert said(page)
