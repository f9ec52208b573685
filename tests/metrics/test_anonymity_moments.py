"""Means and standard deviations beside a hidden group: not where they tell that nobody gave some answer."""

from __future__ import annotations

import pytest

from metrics.anonymity import shown_beside_hidden

FIVE = (1.0, 5.0)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (
            {1: 10, 4: 10},
            (False, False),
        ),  # the lowest mean there can be with 10 of 20 favourable: nobody said 2, 3 or 5
        ({3: 10, 5: 10}, (False, False)),  # and the highest
        ({1: 5, 3: 5, 4: 10, 5: 2}, (True, True)),  # two could have said 2: another said 1, and another 3
        ({1: 4, 2: 4, 3: 4, 4: 4, 5: 4}, (True, True)),  # all answers were given: none is told to be missing
        ({1: 10, 5: 10}, (True, False)),  # the largest spread there can be
        ({1: 300, 2: 200, 3: 0, 4: 250, 5: 250}, (True, True)),
    ],
)
def test_what_would_tell_that_nobody_gave_an_answer(answers: dict[float, int], shown: tuple[bool, bool]) -> None:
    assert shown_beside_hidden(answers, FIVE, 4) == shown


def test_a_scale_too_wide_to_search_shows_neither() -> None:
    assert shown_beside_hidden({10.0: 20, 900.0: 20}, (0, 1000), 800) == (False, False)
    assert shown_beside_hidden({10.5: 20, 11.25: 20}, (0, 20), 11) == (True, False)  # hardly any spread
