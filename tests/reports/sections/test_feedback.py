from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.base import Section
from reports.sections.feedback import feedback
from reports.sections.scope import portfolio
from tests.small import bring, crisis, log, moment, survey

small = pytest.mark.usefixtures("small")


def said(code: str = "thread", as_of: str = "2026-06-01 12:00") -> Section:
    with reading() as session:
        return feedback(portfolio(session, Viewer("test", Role.LEADERSHIP), moment(as_of)).find(code))


def began() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-09 09:00 resolved")


def commented(wave: str, closed: str, comments: Sequence[str], audience: str = "customers") -> None:
    about = {
        "wave": wave,
        "opened_on": closed,
        "closed_on": closed,
        "scale_min": 1,
        "scale_max": 5,
        "audience": audience,
    }
    answers = [
        {"question": "Trust us", "answer": n % 5 + 1, "respondent": f"r{n}", "comment": c}
        for n, c in enumerate(comments)
    ]
    bring(f"{wave}.csv", [about | answer for answer in answers])


@small
def test_each_party_its_answers_and_its_words() -> None:
    began()
    commented("W1", "2026-02-10", ["thanks for the help"] * 30 + ["the shop is fine"] * 30)
    commented(
        "W2", "2026-04-10", ["the answer came late"] * 35 + ["thanks for the help"] * 10 + ["the shop is fine"] * 15
    )
    found = said()
    answered, changed, words = found.facts["audiences"]["customers"]
    assert answered == "Customers (W2): 40 % favourable on “Trust us” (29 % to 53 %)."
    assert changed.startswith("The change of the one question compared between W1 and W2 ")
    assert words == (
        "Customers say “answer”, “came” and “late” more and “for”, “help”, “thanks”, “fine” and “shop” less than before."
    )
    themes = found.frames["themes"].set_index("term")
    assert themes.loc["late", "since"] == 35
    assert themes.loc["late"].isna()["before"], "nobody said it before, which is not told"
    assert "the" not in themes.index
    one = found.measure("theme_log_odds", term="late", audience="customers")
    assert one is not None
    assert one.estimate.basis == "35 of 60 people since, fewer than 8 of 60 people before"
    assert one.sources.rows is None


@small
def test_what_few_said_is_nowhere() -> None:
    began()
    commented("W1", "2026-02-10", ["thanks for the help"] * 60)
    commented("W2", "2026-04-10", ["kestrel"] * 7 + ["the answer came late"] * 53)
    found = said()
    told = " ".join([*found.findings, found.frames["themes"].to_string(), str([m.as_dict() for m in found.measures])])
    assert "kestrel" not in told


@small
def test_too_few_comments() -> None:
    began()
    commented("W1", "2026-02-10", ["thanks for the help"] * 7)
    commented("W2", "2026-04-10", ["the answer came late"] * 60)
    assert said().facts["audiences"]["customers"][-1] == (
        "What customers say more than before is hidden: too few wrote a comment."
    )


@small
def test_no_wave_before() -> None:
    began()
    commented("W2", "2026-04-10", ["the answer came late"] * 60)
    assert said().facts["audiences"]["customers"][-1] == (
        "What customers say more than before can't be told: nobody asked them before the crisis."
    )


@small
def test_employees_are_heard_but_what_they_said_is_not_here() -> None:
    began()
    commented("W1", "2026-02-10", ["thanks for the help"] * 60, audience="employees")
    commented("W2", "2026-04-10", ["the answer came late"] * 60, audience="employees")
    found = said()
    assert found.findings == ("Heard since the crisis began: employees.",)
    assert [measure.id for measure in found.measures] == ["parties_heard"]


@small
def test_a_wave_before_alone_is_no_voice() -> None:
    began()
    survey("W1", "2026-02-10", {"Trust us": [4] * 20}, audience="customers")
    assert said().findings == ("Nobody has been asked since the crisis began.",)


@small
def test_no_survey_and_no_start() -> None:
    crisis("bare")
    assert said("bare").findings == ("Not measured: nobody recorded when the crisis began.",)


@pytest.mark.usefixtures("sample_database")
def test_the_sample_company_heard_all_but_the_public() -> None:
    found = said("2026-04-promotion", "2026-11-20 12:00")
    assert found.findings[:2] == (
        "Heard since the crisis began: customers, employees and partners.",
        "Not measured: nobody asked the public.",
    )
    assert set(found.facts["audiences"]) == {"customers", "partners"}
    assert "four changed by more than normal variation" in found.facts["audiences"]["customers"][1]
    assert set(found.frames["results"]["phase"]) == {"before", "after"}
