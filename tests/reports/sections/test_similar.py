from __future__ import annotations

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.base import Section
from reports.sections.scope import portfolio
from reports.sections.similar import similar
from tests.small import crisis, log, moment, posts

small = pytest.mark.usefixtures("small")


def like(code: str, as_of: str = "2026-06-01 12:00", role: Role = Role.ADMIN) -> Section:
    with reading() as session:
        return similar(portfolio(session, Viewer("test", role), moment(as_of)).find(code))


def case(code: str, day: str, detector: str = "customer", **facts: str) -> None:
    crisis(code, category="Post", **({"severity": "4", "platform": "X"} | facts))
    log(code, f"{day} 08:00 posted", f"{day} 09:00 detected detected_by={detector}", name=f"{code} log.csv")


@small
def test_the_most_alike_comes_first_with_its_reasons() -> None:
    case("old", "2026-01-05", platform="Reddit", severity="2", detector="press")
    case("older", "2025-11-05")
    case("now", "2026-03-02")
    found = like("now")
    why = "same category (Post); same platform (X); same severity (4); detected by a customer too"
    assert found.findings == ("Most like it is older, 100 % alike.", f"S{why[1:]}.")
    cases = found.frames["cases"]
    assert cases["code"].tolist() == ["older", "old"]
    far = "platform Reddit, not X; severity 2, here 4; detected by the press, not by a customer; posts a day not recorded in both"
    assert cases["different"].tolist() == [
        "posts a day not recorded in both",
        far,
    ]
    one = found.measure("case_similarity", crisis="old")
    assert one is not None
    assert one.estimate.value == pytest.approx((1 + 0 + 1 / 3 + 0) / 4)
    assert [file.file for file in found.sources.files] == ["old.csv", "older.csv", "now.csv"]


@small
def test_curves_are_compared_from_day_0_where_posts_are_covered() -> None:
    case("old", "2026-01-05")
    case("now", "2026-03-02")
    fall = {0: (30, 0), 1: (15, 0), 2: (5, 0), 9: (1, 0)}
    posts("2026-01-05", fall, name="a.csv", source="a")
    posts(
        "2026-03-02", {day: (count * 2, 0) for day, (count, _) in fall.items()}, name="b.csv", source="b", platform="Y"
    )
    found = like("now")
    assert found.frames["cases"]["alike"].iloc[0].endswith("posts rose and fell alike (100 % overlap)")
    early = like("now", "2026-03-05 12:00")
    assert "posts a day not recorded in both" in early.frames["cases"]["different"].iloc[0].lower(), (
        "four days are too few"
    )


@small
def test_a_restricted_case_is_like_none() -> None:
    case("secret", "2026-01-05", restricted_to="legal")
    case("now", "2026-03-02")
    assert like("now", role=Role.LEADERSHIP).frames["cases"].empty
    assert like("now", role=Role.LEADERSHIP).findings == ("There is no other case yet to compare it with.",)
    assert like("now", role=Role.LEGAL).frames["cases"]["code"].tolist() == ["secret"]


@small
def test_one_case_alone_and_cases_of_which_nothing_is_known() -> None:
    log("a", "2026-03-02 09:00 posted", name="a.csv")
    assert like("a").findings == ("There is no other case yet to compare it with.",)
    log("b", "2026-04-02 09:00 posted", name="b.csv")
    assert like("a").findings == ("No other case has enough in common with it to be compared.",)
    assert like("a").measures == ()


@pytest.mark.usefixtures("sample_database")
def test_the_sample_company() -> None:
    found = like("2025-10-ticket", "2026-11-20 12:00")
    assert len(found.frames["cases"]) == 3
    assert found.frames["cases"]["code"].iloc[0] == "2025-03-thread"
    assert found.findings[0].startswith("Most like it is Thread mocking call centre staff, ")


@small
def test_a_severity_that_is_near_is_called_so_among_what_is_alike() -> None:
    case("old", "2026-01-05", severity="3")
    case("now", "2026-03-02")
    assert "near in severity (3, here 4)" in like("now").frames["cases"]["alike"].item()
