"""Which words people say more, or less, than before: log-odds ratio with an informative Dirichlet prior.

Of words that few said nothing is known but that they were few; they count as if one fewer than shown had said them,
which makes every difference the least that it can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, log, sqrt

import pandas as pd

from metrics.definition import Metric
from metrics.estimate import Better, Estimate

#: What the prior weighs, as a share of all words of both waves.
PRIOR = 0.1
#: A word is a theme from this many standard deviations on.
Z = 1.96

METRICS: tuple[Metric, ...] = (
    Metric(
        id="theme_log_odds",
        label="Words said more or less than before",
        unit="log odds",
        better=Better.NONE,
        definition=(
            "How much more people say a word in the first feedback wave since the crisis than in the last one before it: "
            "log-odds ratio with an informative Dirichlet prior; positive is more."
        ),
        formula=(
            "δ = ln[(y₁ + α)/(n₁ + α₀ − y₁ − α)] − ln[(y₀ + α)/(n₀ + α₀ − y₀ − α)], α = α₀ · the word's share in both waves "
            "together, variance 1/(y₁ + α) + 1/(y₀ + α), interval δ ± 1.96 √variance. y counts people, not repetitions. α₀ "
            "is a tenth of all words (house); shown are words with |z| of at least 1.96, ranked by it."
        ),
        edge_cases=(
            "A word that fewer than k people said in one wave counts there as k − 1, so that the difference is the least "
            "that it can be; fewer than k in both: not shown. A wave with fewer than k comments: none."
        ),
        source="Monroe, Colaresi & Quinn 2008, Fightin' Words, Political Analysis 16(4)",
    ),
    Metric(
        id="post_word_log_odds",
        label="Words of posts more or less often than before",
        unit="log odds",
        better=Better.NONE,
        definition=(
            "How much more posts say a word during the crisis than before it: log-odds ratio with an informative Dirichlet "
            "prior; positive is more."
        ),
        formula=(
            "As for words of feedback, with y the posts that say the word, before against during. Words are letters alone, "
            "three at least; addresses and handles are left out. Of more than 10,000 posts of a period, evenly chosen ones "
            "are read."
        ),
        edge_cases="A word that fewer than 5 posts say (house): not shown. No post with a text in one period: none.",
        source="Monroe, Colaresi & Quinn 2008, Fightin' Words, Political Analysis 16(4)",
    ),
)
#: Posts that must say a word for it to be shown (house).
POSTS = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What people said in one wave: word → how many said it, `words` in all by `n` people, none shown below `k`.

    Of posts every word is known: `k` is 1.
    """

    counts: dict[str, int]
    words: int
    n: int
    k: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A word with the people who said it before and since; None: fewer than are shown."""

    term: str
    before: int | None
    since: int | None
    z: float
    estimate: Estimate


def themes(before: Said, since: Said, *, of: str = "people", least: int = 0) -> list[Theme]:
    """The words that differ most between two waves, the clearest difference first; equals in order of the alphabet.

    `of` names what was counted; words that fewer than `least` said in both together are left out.
    """
    both = {term: before.counts.get(term, 0) + since.counts.get(term, 0) for term in {**before.counts, **since.counts}}
    terms = sorted(term for term, count in both.items() if count >= least)
    found = [theme for term in terms if (theme := _theme(term, before, since, of)) is not None]
    return sorted(found, key=lambda theme: (-abs(theme.z), theme.term))


def log_odds(y1: float, n1: float, y0: float, n0: float, a: float, a0: float) -> tuple[float, float] | None:
    """Log-odds ratio and its standard deviation; None where the counts cannot be.

    `a` and `a0` are the prior's counts of the word and of all words. Source: Monroe, Colaresi & Quinn 2008.
    """
    rest1, rest0 = n1 + a0 - y1 - a, n0 + a0 - y0 - a
    if min(y1 + a, y0 + a, rest1, rest0) <= 0 or not all(map(isfinite, (y1, n1, y0, n0, a, a0))):
        return None
    ratio = log((y1 + a) / rest1) - log((y0 + a) / rest0)
    return ratio, sqrt(1 / (y1 + a) + 1 / (y0 + a))


def _theme(term: str, before: Said, since: Said, of: str) -> Theme | None:
    known = before.counts.get(term), since.counts.get(term)
    y0 = before.k - 1 if known[0] is None else known[0]
    y1 = since.k - 1 if known[1] is None else known[1]
    total = before.words + since.words
    if not total:
        return None
    a0 = PRIOR * total
    found = log_odds(y1, since.words, y0, before.words, a0 * (y0 + y1) / total, a0)
    if found is None:
        return None
    ratio, spread = found
    # Where one side is only known to be few, its true difference is larger in one direction alone.
    hidden_reverses = (known[0] is None and ratio < 0) or (known[1] is None and ratio > 0)
    if hidden_reverses or abs(ratio / spread) < Z:
        return None
    basis = f"{_told(known[1], since, of)} since, {_told(known[0], before, of)} before"
    reach = Z * spread
    estimate = Estimate(
        value=ratio, lo=ratio - reach, hi=ratio + reach, unit="log odds", n=before.n + since.n, basis=basis
    )
    return Theme(term, known[0], known[1], ratio / spread, estimate)


def _told(count: int | None, said: Said, of: str) -> str:
    few = f"fewer than {said.k}" if said.k > 1 else "none"
    return f"{few if count is None else count} of {said.n} {of}"


def said(rows: pd.DataFrame) -> Said | None:
    """What one wave's rows of `data.queries.surveys.comment_terms` say; None where they are withheld or missing."""
    if rows.empty or rows["n"].isna().any():
        return None
    first = rows.iloc[0]
    shown = rows[rows["term"].notna()]
    counts = {str(term): int(count) for term, count in zip(shown["term"], shown["said"], strict=True)}
    return Said(counts, int(first["words"]), int(first["n"]), int(first["k"]))


def of_posts(counts: Mapping[str, int], posts: int) -> Said | None:
    """The words of posts: word → how many say it; None without any."""
    return Said(dict(counts), sum(counts.values()), posts, 1) if counts else None
