"""Rogan & Gladen, Am. J. Epidemiology 1978;107:71–76; Lang & Reiczigel, Prev. Vet. Med. 2014;113:13–22."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics.agreement import (
    Part,
    agreement,
    agreement_table,
    lang_reiczigel,
    sensitivity,
    share_negative_corrected,
    specificity,
)
from metrics.estimate import Status
from metrics.lexicon import Vader


def labels(cells: dict[tuple[int, int], int]) -> pd.DataFrame:
    """LABELS with so many rows of each (human, machine)."""
    rows = [pair for pair, count in cells.items() for _ in range(count)]
    return pd.DataFrame(rows, columns=["human", "machine"], dtype="int64")


#: 50 negative posts, 40 of them found; 50 others, 45 of them let pass.
HUNDRED = {(-1, -1): 40, (-1, 0): 7, (-1, 1): 3, (0, -1): 4, (0, 0): 16, (0, 1): 5, (1, -1): 1, (1, 1): 24}


def test_the_table_has_the_person_down_and_the_lexicon_across() -> None:
    found = agreement_table(labels(HUNDRED))
    assert found.to_numpy().tolist() == [[40, 7, 3], [4, 16, 5], [1, 0, 24]]
    assert (found.index.name, found.columns.name) == ("human", "machine")
    assert agreement_table(labels({})).to_numpy().tolist() == [[0] * 3] * 3


def test_sensitivity_and_specificity_with_wilson_intervals() -> None:
    """By hand: (0.8 + 1.92073/50 ± 1.95996·√(0.8·0.2/50 + 3.84146/10000)) / 1.0768292, and the same with 0.9."""
    se, sp = sensitivity(labels(HUNDRED)), specificity(labels(HUNDRED))
    assert (se.value, se.n, se.status, se.basis) == (0.8, 50, Status.OK, "40 of 50 labelled posts")
    assert (se.lo, se.hi) == (pytest.approx(0.66963, abs=1e-4), pytest.approx(0.88758, abs=1e-4))
    assert (sp.value, sp.n) == (0.9, 50)
    assert (sp.lo, sp.hi) == (pytest.approx(0.78640, abs=1e-4), pytest.approx(0.95652, abs=1e-4))


def test_the_corrected_share_by_hand() -> None:
    """(0.4 + 0.9 − 1) / (0.8 + 0.9 − 1) = 3/7; the interval as eq. 16 has it, worked out step by step:

    n′ = 1003.8415, p′ = .400383, Se′ = 41/52, Sp′ = 46/52, centre .284998/.673077 = .423426, shift
    2·3.841459·(.423426·.0032075 − .576574·.0019629) = .001739, half width 1.959964·.0382986/.673077 = .111523.
    """
    found = share_negative_corrected(labels(HUNDRED), 400, 1000)
    assert found.value == pytest.approx(3 / 7)
    assert found.lo == pytest.approx(0.313642, abs=2e-6)
    assert found.hi == pytest.approx(0.536688, abs=2e-6)
    assert (found.n, found.unit, found.status) == (100, "share", Status.OK)
    assert found.basis == (
        "the lexicon calls 40 % of 1,000 posts negative; sensitivity 80 %, specificity 90 %"
    )  # fmt: skip


def test_a_perfect_lexicon_is_not_corrected_and_still_not_certain() -> None:
    found = share_negative_corrected(labels({(-1, -1): 20, (1, 1): 20}), 300, 1000)
    assert found.value == pytest.approx(0.3)
    assert found.lo is not None
    assert found.hi is not None
    assert found.lo < 0.27
    assert found.hi > 0.33


@pytest.mark.parametrize(("negative", "value"), [(0, 0.0), (50, 0.0), (1000, 1.0)])
def test_the_share_is_clipped(negative: int, value: float) -> None:
    """With specificity .9 a lexicon that calls 5 % negative would be corrected to −7 %."""
    found = share_negative_corrected(labels(HUNDRED), negative, 1000)
    assert found.value == value
    assert found.lo is not None
    assert found.hi is not None
    assert 0 <= found.lo <= value <= found.hi <= 1


@pytest.mark.parametrize(
    ("cells", "status", "reason"),
    [
        ({(-1, -1): 9, (1, 1): 50}, Status.INSUFFICIENT_N, "9 posts labelled negative; at least 10 are needed"),
        ({(-1, -1): 50, (1, 1): 1}, Status.INSUFFICIENT_N, "1 post labelled neutral or positive; at least 10 are needed"),
        ({}, Status.INSUFFICIENT_N, "0 posts labelled negative; at least 10 are needed"),
        (
            {(-1, -1): 10, (-1, 1): 10, (1, -1): 10, (1, 1): 10},
            Status.UNDEFINED,
            "the lexicon finds negative posts no better than chance (sensitivity 50 %, specificity 50 %)",
        ),
        (
            {(-1, 1): 20, (1, -1): 20},
            Status.UNDEFINED,
            "the lexicon finds negative posts no better than chance (sensitivity 0 %, specificity 0 %)",
        ),
    ],
)  # fmt: skip
def test_why_there_is_no_corrected_share(cells: dict[tuple[int, int], int], status: Status, reason: str) -> None:
    found = share_negative_corrected(labels(cells), 400, 1000)
    assert (found.value, found.status, found.reason) == (None, status, reason)
    assert found.n == sum(cells.values())


def test_nothing_scored_or_labelled_has_words_too() -> None:
    found = agreement(labels({}), 0, 0)
    assert {name: e.reason for name, e in found.items()} == {
        "scorer_sensitivity": "no post was labelled negative",
        "scorer_specificity": "no post was labelled neutral or positive",
        "share_negative_corrected": "no post was scored by the lexicon",
    }


def test_a_sensitivity_barely_above_chance_says_that_it_knows_nothing() -> None:
    assert lang_reiczigel(Part(1, 10), Part(1, 10), Part(10, 10)) == (0.0, 1.0)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draw = np.random.default_rng(7)
    true, se, sp, hit = 0.3, 0.75, 0.85, 0
    for _ in range(1000):
        apparent = draw.binomial(2000, true * se + (1 - true) * (1 - sp))
        human = draw.binomial(150, true)
        parts = Part(draw.binomial(human, se), human), Part(draw.binomial(150 - human, sp), 150 - human)
        lo, hi = lang_reiczigel(Part(apparent, 2000), *parts)
        hit += lo <= true <= hi
    assert hit >= 940


def test_neither_order_nor_input_matters() -> None:
    rows = labels(HUNDRED)
    kept = rows.copy()
    shuffled = rows.sample(frac=1, random_state=3)
    assert agreement(rows, 400, 1000) == agreement(shuffled, 400, 1000)
    pd.testing.assert_frame_equal(rows, kept)


def test_the_lexicon_against_twenty_people_a_tweet(shared: Path) -> None:
    """4,200 tweets with their mean human rating, −4 to 4 (Hutto & Gilbert 2014): the correction finds the truth."""
    lines = (shared / "data" / "tweets_GroundTruth.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    cells = [line.split("\t") for line in lines]
    score = pd.Series(Vader().score([text for _, _, text in cells]))
    rating = pd.Series([float(rating) for _, rating, _ in cells])
    people = pd.DataFrame(
        {name: (values >= 0.05).astype(int) - (values <= -0.05).astype(int) for name, values in
         (("machine", score), ("human", rating))}
    )  # fmt: skip
    negative, truth = int((people["machine"] == -1).sum()), float((people["human"] == -1).mean())
    everything = agreement(people, negative, len(people))
    assert everything["scorer_sensitivity"].number == pytest.approx(0.907, abs=0.005)
    assert everything["scorer_specificity"].number == pytest.approx(0.988, abs=0.005)
    assert everything["share_negative_corrected"].number == pytest.approx(truth)
    sample = agreement(people.sample(300, random_state=1), negative, len(people))
    assert 0.8 < (sample["scorer_sensitivity"].number or 0) < 0.98
    assert (sample["scorer_specificity"].number or 0) > 0.95
    corrected = sample["share_negative_corrected"]
    assert corrected.lo is not None
    assert corrected.hi is not None
    assert corrected.lo < truth < corrected.hi < corrected.lo + 0.1
    assert negative / len(people) < (corrected.number or 0) < truth + 0.01, "nearer than the lexicon alone"
