"""Words of posts, before against during a crisis: every count is known, so none is bounded."""

from __future__ import annotations

import math

import pytest

from metrics import themes
from metrics.findings import posts as say
from metrics.themes import of_posts


def test_log_odds_with_the_informative_prior() -> None:
    """Worked by hand after Monroe, Colaresi & Quinn 2008, equations 16, 20 and 22, with α₀ a tenth of all words."""
    before, during = of_posts({"launch": 20, "fine": 80}, 60), of_posts({"launch": 5, "sorry": 35, "fine": 160}, 90)
    assert before is not None
    assert during is not None
    (sorry,) = [theme for theme in themes.themes(before, during, of="posts", least=5) if theme.z > 0]
    a0 = 0.1 * 300
    a = a0 * 35 / 300
    ratio = math.log((35 + a) / (200 + a0 - 35 - a)) - math.log((0 + a) / (100 + a0 - a))
    spread = math.sqrt(1 / (35 + a) + 1 / a)
    assert sorry.term == "sorry"
    assert sorry.estimate.number == pytest.approx(ratio)
    assert sorry.z == pytest.approx(ratio / spread)
    assert sorry.estimate.lo == pytest.approx(ratio - 1.96 * spread)
    assert (sorry.before, sorry.since) == (None, 35)
    assert sorry.estimate.basis == "35 of 90 posts since, none of 60 posts before"
    assert [theme.term for theme in themes.themes(before, during, least=5) if theme.z < 0] == ["launch"]


def test_few_posts_make_no_word() -> None:
    before, during = of_posts({"fine": 500}, 200), of_posts({"fine": 10, "sorry": 4}, 10)
    assert before is not None
    assert during is not None
    assert "sorry" not in [theme.term for theme in themes.themes(before, during, of="posts", least=themes.POSTS)]
    assert of_posts({}, 3) is None


def test_sentences() -> None:
    before, during = of_posts({"launch": 60, "fine": 80}, 60), of_posts({"sorry": 60, "fine": 80}, 90)
    assert before is not None
    assert during is not None
    found = themes.themes(before, during, of="posts")
    told = say.words(found, before, during, what="mentions")
    assert told == "Mentions say “sorry” more and “launch” less often than before (90 posts during and 60 before)."
    assert say.words([], before, during, what="mentions").startswith("No word is clearly more or less frequent")
    assert "during the crisis" in say.no_words(before=True, during=False)
    assert say.top(30, 40, 1, 2, what="mention") == (
        "The 2 mentions with most reactions drew 75 % of all 40 likes, comments and shares during the crisis; 1 of them "
        "is negative."
    )
    assert say.top(0, 0, 0, 0, what="mention") is None
    assert say.divided({"press": 3, "customers": 1}, 2, by="audience", what="mentions") == (
        "75 % of the 4 single mentions that name an audience are for press; 2 more name none."
    )
    assert say.divided({"Tool": 4}, 0, by="source", what="mentions") == "All 4 single mentions come from Tool."
    assert "template's column “audience”" in say.divided({}, 4, by="audience", what="mentions")
    assert say.divided({}, 0, by="source", what="mentions") == "There are no single mentions during the crisis."
