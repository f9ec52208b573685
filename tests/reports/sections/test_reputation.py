from __future__ import annotations

from typing import Any

import pytest

from metrics.estimate import Status
from tests.small import bring, front, log, section, setting

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-06-01 12:00"
DATES = ("2026-01-05", "2026-01-20", "2026-02-05", "2026-03-05", "2026-03-20", "2026-04-05", "2026-04-20")
FALL = (70, 72, 71, 60, 65, 70.5, 71)


def rows(source: str, scores: tuple[float, ...], **fields: Any) -> list[dict[str, Any]]:
    return [
        {"date": day, "source": source, "score": score, "scale_min": 0, "scale_max": 100} | fields
        for day, score in zip(DATES, scores, strict=True)
    ]


def thread() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-10 09:00 resolved")


def test_the_fall_the_way_back_and_the_rows_behind_them() -> None:
    thread()
    bring("scores.csv", rows("Trust index", FALL))
    found = section("reputation", "thread", LATER)
    values = {m.id: m.estimate.number for m in found.measures}
    assert values["reputation_baseline"] == 71
    assert values["reputation_drop"] == 11
    assert values["reputation_recovery"] == 34  # 2 March to 5 April
    assert found.findings == (
        "Trust index fell 11 points, from 71 to 60, and was back 34 days after the start (last seen below after 18 days).",
    )
    assert {tuple((f.file, f.rows) for f in m.sources.files) for m in found.measures} == {(("scores.csv", "2–8"),)}
    assert found.facts["primary"] == "Trust index"
    assert str(found.facts["end"])[:10] == "2026-03-10"


def test_each_source_stands_alone_with_its_own_rows_and_scale() -> None:
    thread()
    stars = tuple(1 + score / 25 for score in FALL)
    bring("scores.csv", [*rows("Trust index", FALL), *rows("Stars", stars, scale_min=1, scale_max=5)])
    setting("reputation.primary_source", "Stars")
    found = section("reputation", "thread", LATER)
    assert [m.group["source"] for m in found.measures if m.id == "reputation_drop"] == ["Stars", "Trust index"]
    assert [m.estimate.number for m in found.measures if m.id == "reputation_drop"] == [pytest.approx(11), 11]
    stars_drop = found.measure("reputation_drop", source="Stars")
    assert stars_drop is not None
    assert [(f.file, f.rows) for f in stars_drop.sources.files] == [("scores.csv", "9–15")]


def test_other_companies_are_no_score_of_ours() -> None:
    thread()
    bring("scores.csv", [*rows("Index", FALL), *rows("Index", (80, 80, 80, 77, 80, 80, 80), company="Rival")])
    found = section("reputation", "thread", LATER)
    adjusted = found.measure("reputation_drop_adjusted")
    assert adjusted is not None
    assert adjusted.estimate.number == 8
    assert len([m for m in found.measures if m.id == "reputation_drop"]) == 1


def test_as_of_the_past_later_scores_do_not_exist() -> None:
    thread()
    bring("scores.csv", rows("Index", FALL))
    found = section("reputation", "thread", "2026-03-21 12:00")
    recovery = found.measure("reputation_recovery")
    assert recovery is not None
    assert (recovery.estimate.status, recovery.estimate.number) == (Status.LOWER_BOUND, 18)
    assert [f.rows for f in recovery.sources.files] == ["2–6"]
    assert found.frames["scores"]["date"].max().isoformat()[:10] == "2026-03-20"


@pytest.mark.parametrize("missing", ["scores", "start", "scale"])
def test_what_is_missing_is_said(missing: str) -> None:
    log("thread", "2026-03-02 08:00 detected" if missing == "start" else "2026-03-02 08:00 posted")
    if missing != "scores":
        scale = {"scale_min": "", "scale_max": ""} if missing == "scale" else {}
        bring("scores.csv", rows("Index", FALL, **scale))
    found = section("reputation", "thread", LATER)
    assert (
        found.findings
        == {
            "scores": ("Not measured: no reputation scores are imported.",),
            "start": ("Not measured: nobody recorded when the crisis began.",),
            "scale": ("Index: whether the reputation fell can't be told: the scale of the source is not known.",),
        }[missing]
    )
    assert all(m.estimate.value is None for m in found.measures)


def test_overview_compares_the_latest_score_with_the_level_before() -> None:
    thread()
    bring("scores.csv", rows("Index", FALL))
    now = front(LATER).reputation
    assert now.estimate.number == 0
    then = front("2026-03-21 12:00").reputation
    assert then.estimate.number == -6
    assert then.group["source"] == "Index"


def test_sources_meet_in_standard_deviations_and_a_small_fall_is_called_one() -> None:
    thread()
    days = [f"2025-{month:02}-01" for month in (10, 11, 12)] + ["2026-01-01", "2026-02-01", "2026-03-05", "2026-04-05"]
    levels = (70, 72, 74, 70, 72, 69, 72)
    for source, scale in (("Index", 1), ("Stars", 25)):
        bring(
            f"{source}.csv",
            [
                {"date": day, "source": source, "score": level / scale, "scale_min": 0, "scale_max": 100 / scale}
                for day, level in zip(days, levels, strict=True)
            ],
        )
    found = section("reputation", "thread", LATER)
    z = {m.group.get("source"): m.estimate.number for m in found.measures if m.id == "reputation_z"}
    assert z == {source: pytest.approx(-3 / 2.8**0.5) for source in ("Index", "Stars", None)}
    assert found.findings[0].startswith(
        "Index fell 3 points, from 72 to 69 (not distinguishable from normal variation)"
    )
    assert found.findings[-1].startswith(
        "Over two sources the lowest scores lay on average 1.8 standard deviations below"
    )
    assert found.frames["standardised"]["source"].value_counts().to_dict() == {"Index": 7, "Stars": 7}


def test_a_source_that_changes_its_scale_says_so() -> None:
    thread()
    changed = [row | {"score": row["score"] / 10, "scale_max": 10} for row in rows("Index", FALL)[4:]]
    bring("scores.csv", [*rows("Index", FALL)[:4], *changed])
    found = section("reputation", "thread", LATER)
    assert found.findings == (
        (
            "Index: whether the reputation fell can't be told: the source changed its scale: "
            "on 20 March 2026 it was 0 to 10, not 0 to 100."
        ),
    )
    assert {m.estimate.value for m in found.measures if m.id != "reputation_baseline"} == {None}
