from __future__ import annotations

import re

import pandas as pd
import pytest

from metrics.findings.hidden import hidden, waits


def groups(few: int, shown: int, coded: int = 0) -> pd.DataFrame:
    withheld = ["too few"] * few + [None] * (shown + coded)
    return pd.DataFrame({"withheld": withheld, "coded": [None] * (few + shown) + ["low"] * coded}, dtype=object)


@pytest.mark.parametrize(
    ("few", "shown", "words"),
    [
        (0, 4, "No departments are hidden"),
        (1, 9, "A small part of"),
        (2, 5, "Less than half of"),
        (3, 3, "Half of"),
        (5, 2, "More than half of"),
        (4, 0, "All departments are hidden"),
    ],
)
def test_how_much_is_hidden_is_said_without_a_number(few: int, shown: int, words: str) -> None:
    told = hidden(groups(few, shown))
    assert told is not None
    assert told.startswith(words)
    assert not re.search(r"\d", told)


def test_bands_are_named_and_nothing_is_said_of_no_groups() -> None:
    told = hidden(groups(1, 2, coded=1), what="locations")
    assert told is not None
    assert "band" in told
    assert "locations" in told
    assert hidden(groups(0, 0)) is None


def test_answers_that_wait_are_not_counted() -> None:
    assert not re.search(r"\d", waits("Spring pulse"))
