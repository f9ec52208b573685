from __future__ import annotations

import pytest

from metrics.names import shortened, told_apart


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Thread  mocking\nstaff", "Thread mocking staff"),
        ("A joke about a customer, made in the open channel", "A joke about a…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffah…"),
        ("", ""),
    ],
)
def test_a_long_title_ends_between_words(title: str, told: str) -> None:
    assert shortened(title, 20) == told


def test_text_from_right_to_left_turns_nothing_beside_it() -> None:
    assert shortened("موظف يسخر") == "\u2068موظف يسخر\u2069"
    assert shortened("عובד " * 40, 20).endswith("…\u2069")


def test_titles_that_are_alike_are_told_apart_by_their_codes() -> None:
    assert told_apart({"a": "The thread", "b": "the  Thread", "c": "The ticket"}) == {
        "a": "“The thread” (a)", "b": "“the Thread” (b)", "c": "“The ticket”",
    }  # fmt: skip
