"""What an import changes is said before it is saved: which number, of which crisis, because of which rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from data.access import Viewer
from data.enums import Role
from importers import effects
from importers.context import Options
from importers.pipeline import Upload, preview
from importers.result import SheetResult
from importers.touched import Span, Touched
from metrics.catalogue import ALL
from tests.small import bring, crisis, event, log, posts, setting, survey, table

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BEFORE = dict.fromkeys(range(-28, 0), (4, 1))
DURING = {0: (8, 4), 1: (40, 30), 2: (20, 15), 3: (12, 6)} | dict.fromkeys(range(4, 34), (4, 1))
PROUD, VALUED = "I am proud to work here", "I feel valued"
GOOD = [5] * 20 + [4] * 20 + [3] * 12 + [2] * 8
BAD = [5] * 10 + [4] * 15 + [3] * 15 + [1] * 20


@pytest.fixture(autouse=True)
def _today(database: str) -> None:
    setting("sample.as_of", "2026-06-01T12:00:00+00:00")


def tried(rows: Sequence[Mapping[str, Any]], name: str = "new.csv", role: Role = Role.ADMIN) -> SheetResult:
    (result,) = preview(Upload(name, table(rows)), Options(), Viewer("test", role))
    assert result.status == "previewed", result.issues
    return result


def changed(rows: Sequence[Mapping[str, Any]], **more: Any) -> dict[tuple[str | None, str], dict[str, Any]]:
    """The effects of a file by crisis and metric, with one source each at most."""
    found = tried(rows, **more).effects
    assert len({(e["crisis"], e["metric"], str(e["group"])) for e in found}) == len(found)
    return {(e["crisis"], e["metric"]): e for e in found}


def thread(*more: str) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-06 09:00 resolved", *more)


def mentions(days: Mapping[int, int], **fields: str) -> list[dict[str, str]]:
    """Days after 2 March → daily totals of that many mentions on X."""
    start = date(2026, 3, 2)
    return [
        {"date": str(start + timedelta(days=d)), "platform": "X", "posts": str(n)} | fields for d, n in days.items()
    ]


def answers(wave: str, values: Sequence[int], **fields: str) -> list[dict[str, str]]:
    about = {"wave": wave, "opened_on": "2026-04-10", "closed_on": "2026-04-10", "question": PROUD}
    about |= {"scale_min": "1", "scale_max": "5"} | fields
    return [about | {"answer": str(value), "respondent": f"r{n}"} for n, value in enumerate(values)]


def test_an_event_moves_the_response_and_stands_behind_it() -> None:
    thread()
    found = changed([event("thread", "2026-03-02 15:00 statement audience=public")])
    first = found["thread", "time_to_first_statement"]
    assert (first["before"], first["after"], first["unit"]) == (None, 6.0, "hours")
    assert (first["status_before"], first["status_after"]) == ("undefined", "ok")
    assert first["because"] == [{"file": "new.csv", "sheet": None, "rows": "2"}]
    assert ("thread", "time_to_detect") not in found


def test_nothing_that_stays_is_an_effect() -> None:
    thread()
    posts("2026-03-02", BEFORE | DURING)
    assert tried([event("thread", "2026-03-02 09:00 detected")]).effects == []
    assert tried(mentions({-5: 4})).effects == [], "the finer posts win over the daily total"


def test_a_crisis_that_comes_with_the_file_has_no_effects() -> None:
    thread()
    assert tried([event("other", "2026-03-02 09:00 posted"), event("other", "2026-03-02 11:00 detected")]).effects == []


def test_posts_move_the_reaction_and_only_the_new_rows_are_named() -> None:
    thread()
    posts("2026-03-02", BEFORE, name="old.csv")
    found = changed(mentions({-1: 9, 0: 8, 1: 40, 2: 20, 3: 12} | dict.fromkeys(range(4, 30), 4)))
    peak = found["thread", "peak_volume_ratio"]
    assert (peak["before"], peak["after"]) == (None, 10)
    assert peak["because"] == [{"file": "new.csv", "sheet": None, "rows": "2–6"}]
    assert found["thread", "crisis_over_on"]["after"] == "2026-03-06"
    assert ("thread", "baseline_daily_volume") not in found


def test_posts_before_the_crisis_move_the_level_before() -> None:
    thread()
    posts("2026-03-02", dict.fromkeys(range(-28, 0), (4, 1)) | DURING)
    found = changed(mentions(dict.fromkeys(range(-28, 0), 4), platform="Reddit"))
    assert (found["thread", "baseline_daily_volume"]["before"], found["thread", "baseline_daily_volume"]["after"]) == (
        4,
        8,
    )
    assert found["thread", "peak_volume_ratio"]["after"] == 5
    assert found["thread", "peak_volume_ratio"]["because"][0]["rows"] == "2–29"


def test_posts_far_from_every_crisis_change_nothing_unless_they_fill_the_days_between() -> None:
    thread()
    assert tried([{"date": "2019-05-01", "platform": "X", "posts": "5"}]).effects == []
    posts("2026-03-02", BEFORE | {0: (8, 4), 1: (40, 30)})
    found = changed([{"date": "2026-05-20", "platform": "X", "posts": "5"}])
    assert found["thread", "half_life"]["before"] is None
    assert found["thread", "half_life"]["after"] is not None, "the days between are covered now, and had no post"


def test_posts_of_other_topics_are_not_of_the_crisis() -> None:
    thread()
    crisis("thread", name="facts.csv", topics="thread")
    posts("2026-03-02", BEFORE | DURING, topic="thread")
    assert tried(mentions({1: 500}, topic="other", platform="Reddit")).effects == []
    assert changed(mentions({1: 500}, topic="thread", platform="Reddit"))["thread", "peak_volume_ratio"]


def test_text_that_waits_for_the_scorer_is_said_and_no_change_to_nothing_is_claimed() -> None:
    thread()
    posts("2026-03-02", BEFORE | DURING)
    unscored = [{"posted_at": f"2026-03-03 13:{m:02}", "platform": "X", "post_id": f"n{m}", "language": "en", "text": "fine"} for m in range(40)]  # fmt: skip
    result = tried(unscored)
    found = {e["metric"]: e for e in result.effects}
    assert found["peak_volume_ratio"]["after"] == 20
    assert not {"net_sentiment_change_during", "share_negative_during"} & found.keys()
    (waiting,) = [i for i in result.issues if i.code == "sentiment-waiting"]
    assert waiting.message.startswith("40 posts around crisis thread carry text without a sentiment")


def test_scores_move_the_reputation_of_their_source() -> None:
    thread()
    scale = {"scale_min": "0", "scale_max": "100"}
    bring(
        "old.csv", [{"date": f"2026-0{m}-01", "source": s, "score": "70"} | scale for m in (1, 2) for s in ("A", "B")]
    )
    result = tried([{"date": "2026-04-01", "source": "A", "score": "60"} | scale])
    found = {(e["metric"], e["group"]["source"]): e for e in result.effects}
    assert {source for _, source in found} == {"A"}
    assert (found["reputation_drop", "A"]["before"], found["reputation_drop", "A"]["after"]) == (None, 10)
    assert (found["reputation_vs_before", "A"]["before"], found["reputation_vs_before", "A"]["after"]) == (0, -10)
    assert found["reputation_drop", "A"]["because"] == [{"file": "new.csv", "sheet": None, "rows": "2"}]


def test_a_survey_moves_morale_and_names_its_file_alone() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    found = changed(answers("Q2", BAD, invited="100"))
    change = found["thread", "morale_vs_before"]
    assert change["before"] is None
    assert change["after"] == pytest.approx(-15 / 60)
    assert change["because"] == [{"file": "new.csv", "sheet": None, "rows": None}]
    assert found["thread", "response_rate"]["after"] == 0.6


@on_sqlite
def test_a_withheld_number_is_no_effect() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    assert tried(answers("Q2", BAD[:4], invited="4")).effects == []


@on_sqlite
@pytest.mark.parametrize("more", [1, 4])
def test_before_and_after_never_tell_what_a_few_answered(more: int) -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    bring("q2.csv", answers("Q2", BAD))
    assert tried(answers("Q2", [*BAD, *[1] * more])).effects == []
    assert tried(answers("Q2", [*BAD[:-1], 5])).effects == [], "an answer that is corrected"
    assert tried(answers("Q2", [*BAD, *[1] * 5])).effects == [], "those who came later are all of one mind"
    assert tried(answers("Q2", [*BAD, *[1] * 4, 5])).effects


@on_sqlite
def test_an_analyst_is_told_no_number_of_a_survey() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    assert tried(answers("Q2", BAD), role=Role.ANALYST).effects == []
    assert tried(answers("Q2", BAD), role=Role.HR).effects


def test_a_plan_moves_the_targets_that_a_crisis_is_judged_by() -> None:
    thread()
    step = {
        "section": "Act",
        "role": "PR",
        "clock_starts": "detected",
        "fulfilled_by": "statement",
        "audience": "public",
    }
    plan = [step | {"plan_version": "v1", "step": "Say it", "target_minutes": "180", "effective_from": "2025-01-01"}]
    found = changed(plan)
    aim = found["thread", "targets.time_to_first_statement"]
    assert (aim["before"], aim["after"], aim["unit"]) == (None, 3.0, "hours")
    assert aim["label"] == "Target: time to first statement"
    assert aim["because"] == [{"file": "new.csv", "sheet": None, "rows": "2"}]
    bring("plan.csv", plan)
    assert tried([plan[0] | {"plan_version": "v2", "effective_from": "2026-05-01"}]).effects == [], "not yet in force"


def test_gaps_and_lessons_move_what_overview_counts() -> None:
    thread()
    gap = {"title": "t", "section": "Act", "opened_on": "2026-03-10", "status": "open"}
    bring("gaps.csv", [gap | {"gap": "G1", "due_on": "2026-12-01"}, gap | {"gap": "G2", "due_on": "2026-12-01"}])
    found = changed([gap | {"gap": "G2", "due_on": "2026-04-01"}, gap | {"gap": "G1", "due_on": "2026-12-01"}])
    assert found.keys() == {(None, "gaps_overdue")}
    assert (found[None, "gaps_overdue"]["before"], found[None, "gaps_overdue"]["after"]) == (0, 1)
    assert found[None, "gaps_overdue"]["because"] == [{"file": "new.csv", "sheet": None, "rows": "2"}]
    lesson = {"lesson": "L1", "title": "t", "observation": "o", "status": "implemented"}
    assert changed([lesson])[None, "lessons_awaiting_validation"]["after"] == 1


def test_an_earlier_beginning_moves_every_stream_and_is_named() -> None:
    log("thread", "2026-03-02 09:00 detected", "2026-03-06 09:00 resolved")
    crisis("thread", name="facts.csv", started_at="2026-03-02 08:00")
    posts("2026-03-02", BEFORE | DURING)
    found = changed([event("thread", "2026-02-28 08:00 posted")])
    detect = found["thread", "time_to_detect"]
    assert (detect["before"], detect["after"]) == (None, 49.0)
    assert found["thread", "share_negative_during"]["because"] == [{"file": "new.csv", "sheet": None, "rows": "2"}]


def test_effects_come_by_crisis_and_in_the_catalogue_s_order() -> None:
    for code in ("b", "a"):
        log(code, "2026-03-02 08:00 posted", name=f"{code}.csv")
    lines = ("2026-03-02 09:00 detected", "2026-03-02 11:00 statement audience=public")
    found = tried([event(code, line) for code in ("b", "a") for line in lines]).effects
    assert [e["crisis"] for e in found] == sorted(e["crisis"] for e in found)
    mine = [e["metric"] for e in found if e["crisis"] == "a"]
    assert {"time_to_detect", "time_to_first_statement"} <= set(mine)
    assert mine == sorted(mine, key=list(ALL).index)


def test_a_restricted_crisis_does_not_exist_in_effects() -> None:
    log("thread", "2026-03-02 08:00 posted")
    crisis("thread", name="facts.csv", restricted_to="legal")
    assert tried([event("thread", "2026-03-02 09:00 detected")], role=Role.ANALYST).effects == []


def short(result: SheetResult) -> list[str]:
    return [i.message for i in result.issues if i.code == "coverage-short"]


def test_a_preview_says_what_is_missing_around_the_crises_it_touches_and_only_what_is_new() -> None:
    thread()
    late = mentions(dict.fromkeys(range(-4, 34), 4))
    (told,) = short(tried(late))
    assert told.startswith("Mentions on X start 4 days before the crisis thread")
    assert told.endswith("export from 2 February 2026.")
    bring("late.csv", late)
    assert short(tried(mentions({-3: 9}))) == [], "it was said before"
    assert short(tried(mentions(dict.fromkeys(range(-28, 0), 4)))) == []


def test_a_log_is_told_what_is_missing_around_its_new_crises() -> None:
    bring("posts.csv", mentions(dict.fromkeys(range(-4, 34), 4)))
    result = tried(
        [event("new", f"2026-03-0{day} 09:00 {milestone}") for day, milestone in ((2, "posted"), (6, "resolved"))]
    )
    assert result.effects == []
    assert len(short(result)) == 1
    many = [event(f"c{n}", f"2019-03-0{n} 09:00 posted") for n in range(1, 10)]
    assert short(tried(many))[-1] == "Data are missing in 3 more places; the calendar on History shows them."


@on_sqlite
def test_without_a_crisis_nothing_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the portfolio was loaded")

    monkeypatch.setattr(effects, "portfolio", never)
    assert tried(mentions({0: 5})).effects == []


def test_the_files_of_a_set_are_taken_together() -> None:
    day = pd.Timestamp
    one = Touched(frozenset({"a"}), {("X", "mention"): Span(day("2026-03-02"), day("2026-03-04"), frozenset({"t"}))})
    two = Touched(posts={("X", "mention"): Span(day("2026-03-01"), day("2026-03-03"))}, plan=True)
    both = one | two
    assert both == two | one
    assert both.posts["X", "mention"] == Span(day("2026-03-01"), day("2026-03-04"), frozenset({"t"}))
    assert (both.crises, both.plan, both.register) == ({"a"}, True, False)
    assert not Touched()
