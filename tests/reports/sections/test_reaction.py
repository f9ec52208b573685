from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.commands.labels import label
from data.engine import writing
from importers.scoring import score_unscored
from metrics.estimate import Status
from tests.small import ADMIN, bring, crisis, log, posts, section

pytestmark = pytest.mark.usefixtures("small")

#: Four posts a day for four weeks, one of them negative; then a peak on day 1; calm again from day 4.
BEFORE = dict.fromkeys(range(-28, 0), (4, 1))
VOLUMES = BEFORE | {0: (8, 4), 1: (40, 30), 2: (20, 15), 3: (12, 6)} | dict.fromkeys(range(4, 34), (4, 1))
LATER = "2026-05-01 12:00"


def thread(**fields: str) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-06 09:00 resolved")
    if fields:
        crisis("thread", name="facts.csv", **fields)


def test_volume_and_sentiment_with_the_rows_behind_each() -> None:
    thread()
    posts("2026-03-02", VOLUMES)
    found = section("reaction", "thread", LATER)
    values = {m.id: m.estimate.value for m in found.measures}
    assert values["baseline_daily_volume"] == 4
    assert values["peak_volume_ratio"] == 10
    assert values["excess_posts"] == 4 + 36 + 16 + 8
    assert values["net_sentiment_before"] == -0.25
    assert values["crisis_over_on"] == "2026-03-06"
    assert found.findings[0].startswith("Mentions peaked at 10 times normal on day 1 (3 March 2026)")
    rows = {m.id: m.sources for m in found.measures}
    assert [f.rows for f in rows["baseline_daily_volume"].files] == ["2–113"]  # 28 days of four posts
    assert [f.rows for f in rows["reach"].files] == ["114–193"]  # the 80 posts of days 0 to 3
    assert rows["reach"].rows == 80
    assert found.facts["baseline"] == 4


def test_a_crisis_with_topics_counts_only_their_posts() -> None:
    thread(topics="thread")
    posts("2026-03-02", VOLUMES, topic="thread", name="thread.csv")
    posts("2026-03-02", dict.fromkeys(range(-28, 30), (9, 0)), topic="other", name="other.csv", platform="Reddit")
    found = section("reaction", "thread", LATER)
    assert {m.id: m.estimate.value for m in found.measures}["baseline_daily_volume"] == 4
    assert {f.file for m in found.measures for f in m.sources.files} == {"thread.csv"}


def test_as_of_the_past_later_posts_do_not_exist() -> None:
    thread()
    posts("2026-03-02", VOLUMES)
    found = section("reaction", "thread", "2026-03-02 18:00")
    peak = found.measure("peak_volume_ratio")
    over = found.measure("crisis_over_on")
    assert peak is not None
    assert over is not None
    assert peak.estimate.number == 2
    assert over.estimate.status is Status.NOT_REACHED
    assert found.sources.rows == 28 * 4 + 8
    assert found.frames["days"]["posts"].max() == 8


def test_daily_totals_stand_in_for_posts_and_are_named_as_sources() -> None:
    thread()
    bring(
        "daily.csv",
        [
            {"date": f"2026-0{2 + (day > 28)}-{day - 28 * (day > 28):02}", "platform": "Facebook", "posts": 5 if day < 30 else 50}
            for day in range(1, 36)
        ],
    )  # fmt: skip
    found = section("reaction", "thread", LATER)
    peak = found.measure("peak_volume_ratio")
    assert peak is not None
    assert peak.estimate.number == 10
    assert [(f.file, f.rows) for f in found.sources.files] == [
        ("daily.csv", "3–36")
    ]  # 1 February lies before the baseline


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("2026-03-02 posted", "Not measured: no posts or daily totals are imported."),
        ("2026-03-02 09:00 detected", "Not measured: nobody recorded when the crisis began."),
    ],
)
def test_what_is_missing_is_said(first: str, said: str) -> None:
    log("thread", first)
    found = section("reaction", "thread", LATER)
    assert found.findings == (said,)
    assert found.measures == ()
    assert all(frame.empty for frame in found.frames.values())


def test_too_short_a_baseline_is_said_and_the_peak_still_told() -> None:
    thread()
    posts("2026-03-02", {-3: (4, 1), 0: (8, 4), 1: (40, 30), 2: (4, 1)})
    found = section("reaction", "thread", LATER)
    status = {m.id: m.estimate.status for m in found.measures}
    assert status["baseline_daily_volume"] is Status.INSUFFICIENT_N
    assert "peaked at 40" in found.findings[0]


def lexicon_posts(day0: str, spread: range) -> None:
    """Four mentions a day in words that the lexicon reads: half negative, half positive."""
    first = date.fromisoformat(day0)
    bring(
        "words.csv",
        [
            {
                "posted_at": f"{first + timedelta(days=day)} 12:{minute:02}", "platform": "X", "post_id": f"{day}-{minute}",
                "language": "en", "text": "a terrible, horrible answer" if minute % 2 else "a wonderful, honest answer",
            }
            for day in spread
            for minute in range(4)
        ],
    )  # fmt: skip
    score_unscored()


def read_by_hand(days: range, *, wrong: int = 0) -> None:
    """Label the posts of these days as the lexicon reads them, but for the first few negative ones."""
    with writing() as session:
        for day in days:
            for minute in range(4):
                negative = bool(minute % 2)
                label(session, ADMIN, f"x:{day}-{minute}", 0 if negative and wrong > 0 else -1 if negative else 1)
                wrong -= negative


def test_labels_by_hand_correct_the_negative_share() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected")
    lexicon_posts("2026-03-02", range(-28, 40))
    read_by_hand(range(-20, -10), wrong=20)
    assert section("reaction", "thread", LATER).measure("scorer_sensitivity") is None, "nobody read any of this crisis"
    read_by_hand(range(2))
    few = section("reaction", "thread", LATER)
    assert "labelled by hand" not in " ".join(few.findings)
    assert (found := few.measure("share_negative_corrected")) is not None
    assert (found.estimate.status, found.estimate.n, found.group) == (Status.INSUFFICIENT_N, 8, {})
    read_by_hand(range(6), wrong=2)
    enough = section("reaction", "thread", LATER)
    assert (specificity := enough.measure("scorer_specificity")) is not None
    assert (specificity.estimate.value, specificity.estimate.n) == (12 / 14, 14)
    assert (corrected := enough.measure("share_negative_corrected")) is not None
    assert corrected.estimate.value == pytest.approx((0.5 + 12 / 14 - 1) / (12 / 14))
    assert (reach := enough.measure("reach")) is not None
    assert corrected.sources == reach.sources
    assert enough.findings[-1].startswith("Corrected for what the lexicon misreads, 42 % of the posts it scored")
    assert enough.findings[-1].endswith("24 posts labelled by hand).")


def test_totals_that_count_no_posts_tell_of_reach_and_not_of_volume() -> None:
    thread()
    days = [date(2026, 2, 1) + timedelta(days=n) for n in range(60)]
    counts = dict.fromkeys(("Impressions (organic)", "Impressions (total)"), "1000") | {"Reactions (total)": "30"}
    bring("metrics.csv", [{"Date": f"{day:%m/%d/%Y}"} | counts for day in days], date_order="mdy")
    found = section("reaction", "thread", LATER)
    volume = {m.id: m.estimate for m in found.measures}
    why = "the daily totals of LinkedIn do not say how many posts there were"
    for name in ("baseline_daily_volume", "peak_volume_ratio", "excess_posts", "half_life", "net_sentiment_during"):
        assert volume[name].status is Status.INSUFFICIENT_N, name
        assert why in (volume[name].reason or ""), name
    assert volume["reach"].value == 5 * 1000  # 2 to 6 March
    assert volume["engagement_rate"].value == pytest.approx(0.03)
    assert why in found.findings[0]
    assert found.frames["days"].empty


def test_a_channel_as_posts_and_as_daily_totals_is_told_once_in_whichever_order() -> None:
    thread()
    counts = dict.fromkeys(("Impressions (organic)", "Impressions (total)"), "100") | {"Reactions (total)": "5"}
    bring("metrics.csv", [{"Date": f"03/{day:02}/2026"} | counts for day in range(1, 11)], date_order="mdy")
    owned = {"posted_at": "2026-03-04 10:00", "platform": "LinkedIn", "post_id": "9", "kind": "owned"}
    bring("own.csv", [owned | {"impressions": "700", "likes": "70"}])
    bring("later.csv", [owned | {"impressions": "750", "likes": "75"}])
    found = section("reaction", "thread", LATER).measure("reach")
    assert found is not None
    assert found.estimate.value == 2 * 100 + 750  # 2 and 3 March by the page, then the post with all it ever got
    assert "daily totals of 2 days (200) left out" in (found.estimate.basis or "")


def test_reach_by_kind_rests_on_the_posts_of_that_kind() -> None:
    thread()
    posts("2026-03-02", VOLUMES, impressions="10")
    posts("2026-03-02", {0: (5, 0)}, kind="owned", impressions="100", name="owned.csv", platform="LinkedIn")
    found = section("reaction", "thread", LATER)
    whole, said, owned = (
        found.measure("reach"), found.measure("reach", kind="mention"), found.measure("reach", kind="owned")
    )  # fmt: skip
    assert whole is not None
    assert said is not None
    assert owned is not None
    assert (whole.group, whole.estimate.value) == ({}, 800 + 500)
    assert (said.estimate.value, said.sources.rows) == (800, 80)
    assert (owned.estimate.value, [f.file for f in owned.sources.files]) == (500, ["owned.csv"])


def test_lines_and_rate_ratio_with_the_rows_behind_them() -> None:
    thread()
    posts("2026-03-02", dict.fromkeys(range(-60, 0), (4, 1)) | dict.fromkeys(range(60), (12, 9)))
    found = section("reaction", "thread", LATER)
    change, ratio = found.measure("sentiment_level_change"), found.measure("volume_rate_ratio")
    assert change is not None
    assert ratio is not None
    assert change.estimate.number == pytest.approx(-0.5)
    assert (change.estimate.n, change.sources.rows) == (112, 56 * 4 + 56 * 12)
    assert ratio.estimate.number == pytest.approx(3)
    assert any("net sentiment fell by 50 points on day 0" in text for text in found.findings)


def test_scores_give_an_effect_size_and_labels_alone_none() -> None:
    thread()
    spread = dict.fromkeys(range(-28, 20), (10, 0))
    posts("2026-03-02", spread)
    found = section("reaction", "thread", LATER).measure("sentiment_effect_size")
    assert found is not None
    assert found.estimate.reason == "no post before the crisis has a score"
    fallen = dict.fromkeys(range(20), (3, 0))
    posts("2026-03-02", dict.fromkeys(range(-28, 0), (4, 0)), name="high.csv", platform="Reddit", sentiment="0.4")
    posts("2026-03-02", fallen, name="low.csv", platform="Reddit", sentiment="-0.4")
    found = section("reaction", "thread", LATER).measure("sentiment_effect_size")
    assert found is not None
    assert found.estimate.value == 1
    assert {f.file for f in found.sources.files} == {"posts.csv", "high.csv", "low.csv"}


def test_a_crisis_that_runs_into_the_windows_is_named() -> None:
    thread()
    log("leak", "2026-02-20 08:00 posted", "2026-02-22 09:00 resolved", name="leak.csv")
    log("old", "2025-10-01 08:00 posted", "2025-10-02 09:00 resolved", name="old.csv")
    posts("2026-03-02", VOLUMES)
    found = section("reaction", "thread", LATER)
    assert any(text.startswith("The time before, during or after overlaps with leak:") for text in found.findings)
    assert found.facts["overlap"] == "overlaps with leak"
    peak = found.measure("peak_volume_ratio")
    assert peak is not None
    assert "overlaps with leak" in (peak.estimate.basis or "")
