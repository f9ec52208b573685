"""Sentences on reaction, reputation and morale."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.engagement import reaction
from metrics.estimate import Estimate, Status, absent
from metrics.findings import morale, reputation
from metrics.findings import reaction as said
from metrics.morale import morale_index, morale_vs_before
from metrics.reputation import reputation as measured
from metrics.surveys import favourable
from metrics.volume import VOLUME_ALONE
from tests.metrics.frames import daily, question, scores, survey

DAY0 = pd.Timestamp("2026-03-03")
LATER = pd.Timestamp("2026-06-01")


def share(value: float, lo: float | None = None, hi: float | None = None, **more: Any) -> Estimate:
    return Estimate(value=value, lo=lo, hi=hi, unit="share", n=100, **more)


def test_the_peak_from_real_counts() -> None:
    found = reaction(daily([10] * 28 + [20, 60, 110, 60, 10, 10]), DAY0, as_of_date=LATER)
    half = found.estimates["half_life"]
    assert said.peak(found.estimates["peak_volume_ratio"], found.peak, DAY0, half) == (
        "Mentions peaked at 11 times normal on day 2 (5 March 2026) and fell by half within 1 day."
    )
    assert said.over(found.estimates["crisis_over_on"], DAY0) == (
        "Volume and sentiment are not back to normal: no 7 calm days in a row in the data so far."
    )
    assert said.reignited(found.estimates["reignited_on"]) is None


def test_a_crisis_without_a_peak_is_not_said_to_have_peaked() -> None:
    def told(ratio: float) -> str:
        return said.peak(Estimate(value=ratio, unit="times", n=28), (LATER, 9), DAY0, what="owned posts")

    assert told(1.04) == told(0.96) == "Owned posts stayed at normal; the busiest day came on day 90 (1 June 2026)."
    assert told(0.5) == (
        "Owned posts stayed below normal; the busiest day, at 0.5 times normal, came on day 90 (1 June 2026)."
    )
    assert told(1.06) == "Owned posts peaked at 1.1 times normal on day 90 (1 June 2026)."


def test_a_peak_without_a_normal_day() -> None:
    found = reaction(daily([0] * 28 + [340, 300]), DAY0, as_of_date=LATER)
    told = said.peak(found.estimates["peak_volume_ratio"], found.peak, DAY0, what="owned posts")
    assert told.startswith(
        "Owned posts peaked at 340 on day 0 (3 March 2026); how many times normal that is can't be told"
    )
    none = absent(Status.INSUFFICIENT_N, "no data", unit="times")
    assert said.peak(none, None, DAY0) == "The peak of mentions can't be told: no data."
    assert said.peak(none, (DAY0, 0), DAY0) == "There were no mentions during the crisis."


def test_a_peak_that_has_not_fallen() -> None:
    found = reaction(daily([10] * 28 + [110, 100]), DAY0, as_of_date=LATER)
    told = said.peak(found.estimates["peak_volume_ratio"], found.peak, DAY0, found.estimates["half_life"])
    assert told.endswith("on day 0 (3 March 2026) and have not fallen by half in the data so far.")


def test_back_to_normal() -> None:
    found = reaction(daily([10] * 28 + [110, 100] + [10] * 9), DAY0, as_of_date=LATER).estimates["crisis_over_on"]
    assert said.over(found, DAY0) == "Volume and sentiment were back to normal on 5 March 2026, 2 days after the start."
    assert (
        said.over(Estimate(value="2026-03-03", unit="date"), DAY0)
        == "Volume and sentiment stayed within normal variation."
    )
    alone = Estimate(value="2026-03-05", unit="date", basis=f"normal is 2 posts a day; {VOLUME_ALONE}")
    assert said.over(alone, DAY0) == "Volume was back to normal on 5 March 2026, 2 days after the start."
    assert said.reignited(Estimate(value="2026-05-04", unit="date")) == "It flared up again on 4 May 2026."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (share(-0.12, -0.19, -0.05), "Net sentiment after the crisis was 12 points lower than before (−19 to −5)."),
        (share(0.02, -0.05, 0.09), "Net sentiment after the crisis was 2 points higher than before (−5 to +9): not distinguishable from normal variation."),
        (share(-0.12, -0.24, -0.002), "Net sentiment after the crisis was 12 points lower than before (−24 to −0.2)."),
        (share(-0.12), "Net sentiment after the crisis was 12 points lower than before; too little to say whether that is more than normal variation."),
        (share(0.0, -0.1, 0.1), "Net sentiment after the crisis was the same as before (−10 to +10): not distinguishable from normal variation."),
        (absent(Status.UNDEFINED, "before: 84 posts not scored", unit="share"), "The change of net sentiment after the crisis can't be told: before: 84 posts not scored."),
    ],
)  # fmt: skip
def test_sentiment(change: Estimate, sentence: str) -> None:
    assert said.sentiment(change, "after") == sentence


def test_an_interval_that_is_too_narrow_is_said() -> None:
    change = share(-0.12, -0.19, -0.05, basis="…; interval likely too narrow, as each day resembles the one before")
    assert said.sentiment(change, "during").endswith("(−19 to −5). The interval is likely too narrow.")


LEVEL = [(-90, 80.0), (-60, 80.0), (-30, 80.0)]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [(5, 67.5), (45, 80)],
            "Index fell 12.5 points, from 80 to 67.5, and was back 45 days after the start (last seen below after 5 days).",
        ),
        (
            [(5, 68), (40, 70)],
            "Index fell 12 points, from 80 to 68, and was not back by its last score, 40 days after the start.",
        ),
        ([(5, 79)], "Index fell 1 point, from 80 to 79, too little to count as a fall."),
        ([(5, 80), (9, 84)], "Index did not fall below its level before the crisis, 80 of 100."),
        ([], "Index: whether the reputation fell can't be told: no score since the crisis began."),
    ],
)
def test_reputation(rows: list[tuple[int, float]], sentence: str) -> None:
    assert reputation.drop("Index", measured(scores(*LEVEL, *rows), "Index", DAY0, as_of_date=LATER)) == sentence


def times(value: float, lo: float | None = None, hi: float | None = None, **more: Any) -> Estimate:
    return Estimate(value=value, lo=lo, hi=hi, unit="times", n=100, **more)


@pytest.mark.parametrize(
    ("ratio", "sentence"),
    [
        (times(3.14, 2.4, 4.04), "Mentions a day came to 3.1 times those of the same weekdays before (2.4 to 4)."),
        (times(1.2, 0.9, 1.6), "Mentions a day came to 1.2 times those of the same weekdays before (0.9 to 1.6): not distinguishable from normal variation."),
        (times(1.04, 1.003, 1.08), "Mentions a day came to 1.04 times those of the same weekdays before (1.003 to 1.1)."),
        (times(7.5), "Mentions a day came to 7.5 times those of the same weekdays before; too little to say whether that is more than normal variation."),
        (times(0.0), "There were no mentions during the crisis, weekday for weekday."),
        (times(3.0, 2.0, 4.0, basis="interval likely too narrow, as …"), "Mentions a day came to 3 times those of the same weekdays before (2 to 4). The interval is likely too narrow."),
        (absent(Status.INSUFFICIENT_N, "too few days", unit="times"), None),
    ],
)  # fmt: skip
def test_the_rate_ratio(ratio: Estimate, sentence: str | None) -> None:
    assert said.rate_ratio(ratio) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (share(-0.29, -0.41, -0.17), "Against its course before, net sentiment fell by 29 points on day 0 (−41 to −17)."),
        (share(0.01, -0.05, 0.07), "Against its course before, net sentiment rose by 1 point on day 0 (−5 to +7): not distinguishable from normal variation."),
        (share(0.0, -0.1, 0.1), "Against its course before, net sentiment did not jump on day 0 (−10 to +10): not distinguishable from normal variation."),
        (share(-0.29), "Against its course before, net sentiment fell by 29 points on day 0; too little to say whether that is more than normal variation."),
        (share(-0.29, -0.41, -0.17, basis="interval likely too narrow, as …"), "Against its course before, net sentiment fell by 29 points on day 0 (−41 to −17). The interval is likely too narrow."),
        (absent(Status.INSUFFICIENT_N, "too few days", unit="share"), None),
    ],
)  # fmt: skip
def test_the_level_change(change: Estimate, sentence: str | None) -> None:
    assert said.level_change(change) == sentence


def test_overlaps() -> None:
    assert said.overlap("overlaps with A, B") == (
        "The time before, during or after overlaps with A, B: what people said of one can't be told from the other."
    )
    assert said.overlap(None) is None


def deviations(value: float, n: int = 2) -> Estimate:
    return Estimate(value=value, unit="standard deviations", n=n)


def test_a_fall_within_normal_variation_is_said_to_be_one() -> None:
    found = measured(scores(*LEVEL, (5, 77), (40, 80)), "Index", DAY0, as_of_date=LATER)
    assert reputation.drop("Index", found, deviations(-1.9)).startswith(
        "Index fell 3 points, from 80 to 77 (not distinguishable from normal variation), and was back"
    )
    assert reputation.drop("Index", found, deviations(-2.0)) == reputation.drop("Index", found)


def test_all_sources_together() -> None:
    assert reputation.combined(deviations(-3.46)) == (
        "Over two sources the lowest scores lay on average 3.5 standard deviations below the level before."
    )
    assert reputation.combined(deviations(-1.0, 3)) == (
        "Over three sources the lowest scores lay on average 1 standard deviation below the level before: "
        "not distinguishable from normal variation."
    )
    assert reputation.combined(absent(Status.NOT_APPLICABLE, "one source", unit="standard deviations")) is None


def test_what_others_did_is_said() -> None:
    frame = pd.concat([scores(*LEVEL, (5, 68), (40, 80)), scores((-20, 60), (5, 57), company="Rival")])
    told = reputation.drop("Index", measured(frame, "Index", DAY0, as_of_date=LATER))
    assert told.endswith("(last seen below after 5 days); other companies in it fell 3 points by then.")


def test_morale_with_its_change() -> None:
    assert morale.favourable(favourable(question()), share(-0.06, -0.13, 0.01)) == (
        "58 % favourable (239 of 412), 6 points below the wave before the crisis (−13 to +1): "
        "not distinguishable from normal variation."
    )
    assert morale.favourable(favourable(question()), share(0.06, 0.02, 0.1)).endswith(
        "6 points above the wave before the crisis (+2 to +10)."
    )
    assert morale.favourable(favourable(question())) == "58 % favourable (239 of 412)."


def test_morale_over_questions() -> None:
    now, then = survey(question(wave="May")), survey(question(wave="March", favourable=270.0))
    told = morale.morale(morale_index(now, then), morale_vs_before(now, then))
    assert told.startswith("Morale: 58 % favourable on average, 8 points below the wave before the crisis (−")


def test_what_is_hidden_is_said_to_be_hidden_and_a_band_is_a_band() -> None:
    hidden = favourable(question(n=np.nan, favourable=np.nan, withheld="fewer than 5 answers"))
    assert morale.favourable(hidden) == "The favourable share is hidden: fewer than 5 answers."
    assert morale.favourable(favourable(question()), hidden).endswith(
        "; the change since the wave before the crisis is hidden: fewer than 5 answers."
    )
    coded = favourable(question(n=15.0, favourable=np.nan, coded="low"))
    assert (
        morale.favourable(coded) == "At most 15 % favourable (of 15); so near to none or all, only the band is shown."
    )
    high = favourable(question(n=15.0, favourable=np.nan, coded="high"))
    assert morale.favourable(high).startswith("At least 85 % favourable")


def test_other_survey_sentences() -> None:
    score = Estimate(value=33.3, lo=24.9, hi=41.1, unit="enps", n=324)
    assert morale.enps(score) == "The employee net promoter score is +33 (+25 to +41)."
    rate = Estimate(value=412 / 600, unit="share", n=412)
    assert morale.response_rate(rate) == "412 of 600 invited answered (69 %)."
    assert morale.enps(absent(Status.UNDEFINED, "no answers", unit="enps")) == (
        "The employee net promoter score can't be told: no answers."
    )
