"""Lessons found by their words, and earlier ones that are like what is being written; the same on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import LOCAL, Viewer
from data.commands import hand, lessons
from data.engine import reading, writing
from data.enums import Role
from data.queries import lesson_search
from data.sought import telling

WRITTEN = (
    {
        "title": "One approver is no approver",
        "observation": "The statement lay ready for hours until legal approved it.",
    },
    {"title": "Tell colleagues first", "observation": "Employees read the apology in the news."},
    {"title": "Watch where we are talked about", "observation": "Alerts covered our own channels."},
)


@pytest.fixture
def three(database: str) -> None:
    with writing() as session:
        hand.enter_crisis(session, LOCAL, "secret", {"title": "Secret"})
        hand.restrict(session, LOCAL, "secret", [Role.LEGAL])
        for number, said in enumerate(WRITTEN):
            lessons.enter(session, LOCAL, said | ({"crisis": "secret"} if number == 2 else {}))


def like(text: str, viewer: Viewer = LOCAL, **more: Any) -> list[str]:
    with reading() as session:
        return lesson_search.like(session, viewer, text, **more)["code"].tolist()


@pytest.mark.usefixtures("three")
def test_an_earlier_lesson_is_found_by_what_is_typed_now() -> None:
    assert like("Approval of the statement took all day") == ["L-01"]
    assert like("approv") == ["L-01"]
    assert like("Employees heard the news from others") == ["L-02"]
    assert like("Something altogether different about invoices") == []
    assert like("approval of the statement", besides="l-01") == []


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("text", ["", "the and", "!!", "'; --", "\x00", "x" * 20_000, "😡"])
def test_nothing_is_like_what_says_nothing(text: str) -> None:
    assert like(text) == []


@pytest.mark.usefixtures("three")
def test_a_lesson_of_a_crisis_that_one_may_not_see_is_like_nothing() -> None:
    analyst = Viewer("Noor", Role.ANALYST)
    assert like("alerts on channels", analyst) == []
    assert like("alerts on channels") == ["L-03"]
    with reading() as session:
        assert lesson_search.found(session, analyst, "alerts") == []
        assert lesson_search.found(session, LOCAL, "alerts") == ["L-03"]
        assert lesson_search.found(session, LOCAL, "legal statement") == ["L-01"]
        assert lesson_search.found(session, LOCAL, "  ") is None


def test_telling_words_are_few_and_without_their_endings() -> None:
    assert [word.text for word in telling("The approver, and APPROVAL when they write statements")] == [
        "approv", "write", "statem",
    ]  # fmt: skip
    assert len(telling(" ".join(f"word{n}x" for n in range(90)))) == 24
