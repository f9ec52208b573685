"""What a crisis proposes: prefilled from the plan, matched with the register, and remembered once decided."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.commands import proposals as commands
from data.engine import reading, writing
from data.enums import Origin, Role
from reports.sections.proposals import Offers, offers
from reports.sections.scope import portfolio
from tests.small import ADMIN, bring, log, posts, setting, survey

pytestmark = pytest.mark.usefixtures("small")


def step(name: str, fulfilled_by: str, minutes: float, **fields: Any) -> dict[str, Any]:
    return {
        "plan_version": "v1", "section": "Respond", "step": name, "role": "PR lead", "contact": "pr@example.org",
        "fulfilled_by": fulfilled_by, "clock_starts": "detected", "target_minutes": minutes,
    } | fields  # fmt: skip


PLAN = (
    step("Approve", "approved", 60, clock_starts="drafted", role="Legal", contact="legal@example.org"),
    step("Speak", "statement", 180, audience="public", after_step="Approve"),
    step("Tell partners", "update", 6000, audience="partners", required="no"),
    step("Review", "reviewed", 43200, clock_starts="resolved", section="Follow up", role="Crisis lead"),
)


def thread(code: str = "thread", month: int = 3) -> None:
    log(
        code,
        f"2026-0{month}-02 08:00 posted",
        f"2026-0{month}-02 08:30 detected",
        f"2026-0{month}-02 09:00 drafted",
        f"2026-0{month}-02 17:00 approved",
        f"2026-0{month}-02 17:42 statement audience=public platform=X",
        f"2026-0{month}-05 09:00 resolved",
        f"2026-0{month}-06 09:00 reviewed",
        name=f"{code}.csv",
    )


def found(code: str = "thread", viewer: Viewer = ADMIN) -> Offers:
    with reading() as session:
        return offers(portfolio(session, viewer).find(code))


def titles(of: Offers) -> list[str]:
    return [offer.proposed.title for offer in of.waiting]


def accept(of: Offers, number: int = 0) -> str:
    offer = of.waiting[number]
    with writing() as session:
        return commands.accept(session, ADMIN, offer.proposed, offer.values)


def test_a_slow_statement_and_a_party_not_heard_are_two_proposals() -> None:
    bring("plan.csv", PLAN)
    thread()
    told = found()
    assert told.finding == "Two proposed gaps wait for a decision."
    assert titles(told) == ["“Approve” came late, and one step with it", "Partners were not asked"]
    slow, partners = told.waiting
    assert slow.evidence == ("“Approve”: late, 7 h.", "“Speak”: late, 6 h 12 min.")
    assert "due 2026-03-02 10:00 and done 2026-03-02 17:00, UTC" in slow.proposed.evidence
    assert slow.values == {
        "section": "Respond", "step": "Approve", "responsible_function": "Legal", "contact": "legal@example.org",
        "origin": Origin.CONFORMANCE, "severity": 3, "metric": "time_to_first_statement", "target": 3.0,
    }  # fmt: skip
    assert (partners.values["section"], partners.values["origin"]) == ("Follow up", Origin.FEEDBACK)
    assert (partners.values["metric"], partners.values["target"]) == ("parties_heard", 1.0)
    assert [(f.file, f.rows) for f in slow.sources.files] == [("plan.csv", "2–3"), ("thread.csv", "3–6")]
    assert told.left_open == (
        "2 proposals are not decided: “Approve” came late, and one step with it; Partners were not asked."
    )


def test_platforms_left_out_and_a_silence_over_the_company_s_target() -> None:
    bring("plan.csv", [step("Notice", "detected", 600, clock_starts="posted")])
    thread()
    posts("2026-03-02", {0: (2, 0)})
    posts("2026-03-02", {0: (2, 0)}, name="reddit.csv", platform="Reddit")
    setting("targets.longest_silence", "24")
    told = found()
    assert titles(told) == ["Too long without a word to the public", "No statement on Reddit"]
    assert told.waiting[0].evidence == ("The longest silence was 2 days 15 h; 1 day was the target.",)
    assert told.waiting[1].evidence == (
        "1 of 2 platforms with mentions carried a statement or update; none on Reddit.",
    )
    assert told.waiting[1].values["section"] == "Plan"  # the plan has no step for statements


def test_an_accepted_proposal_waits_no_more_and_the_next_crisis_repeats_its_gap() -> None:
    bring("plan.csv", PLAN)
    thread()
    code = accept(found())
    told = found()
    assert titles(told) == ["Partners were not asked"]
    assert told.decided["gap"].tolist() == [code]
    thread("second", 4)
    again = found("second")
    assert again.finding == "Two proposed gaps wait for a decision; one repeats a known gap."
    assert (again.waiting[0].repeats, again.waiting[1].repeats) == (code, None)
    assert [offer.repeats for offer in found("thread").waiting] == [None]


def test_a_gap_of_the_register_that_says_the_same_is_not_proposed_again() -> None:
    bring("plan.csv", PLAN)
    thread()
    row = {"gap": "G-7", "title": "Slow", "section": "Respond", "crisis": "thread", "step": "Speak", "origin": "conformance", "opened_on": "2026-03-10"}  # fmt: skip
    bring("gaps.csv", [row])
    told = found()
    assert titles(told) == ["Partners were not asked"]
    assert told.covered == {"“Approve” came late, and one step with it": "G-7"}


def test_a_dismissal_is_remembered_and_told_at_the_next_crisis() -> None:
    bring("plan.csv", PLAN)
    thread()
    thread("second", 4)
    with writing() as session:
        commands.dismiss(session, ADMIN, found().waiting[0].proposed, "Legal was abroad")
    assert titles(found()) == ["Partners were not asked"]
    assert [offer.dismissed for offer in found("second").waiting] == ["Dismissed in “thread”: Legal was abroad", None]
    assert found("second").left_open is not None


def test_what_customers_say_since_is_proposed_as_far_as_it_is_shown() -> None:
    thread()
    kind, plain, late = "thanks for the help", "the shop is fine", "the answer came late"
    waves = {
        "W1": ("2026-02-10", [kind] * 30 + [plain] * 30),
        "W2": ("2026-04-10", [late] * 35 + [kind] * 10 + [plain] * 15),
    }
    for wave, (day, comments) in waves.items():
        rows = [
            {"wave": wave, "opened_on": day, "closed_on": day, "audience": "customers", "question": "Trust", "scale_min": 1,
             "scale_max": 5, "answer": n % 5 + 1, "respondent": f"r{n}", "comment": comment}
            for n, comment in enumerate(comments)
        ]  # fmt: skip
        bring(f"{wave}.csv", rows)
    (offer,) = found().waiting
    assert offer.proposed.title == "What customers say since"
    assert offer.evidence == ("Since the crisis customers say “answer”, “came” and “late” more often than before.",)
    assert offer.severity == 1


def test_nothing_is_proposed_of_a_crisis_that_held_or_has_nothing() -> None:
    log("thread", "2026-03-02 08:30 detected")
    told = found()
    assert (told.finding, told.waiting, told.left_open) == ("No proposal waits for a decision.", (), None)
    survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3]})
    assert found(viewer=Viewer("x", Role.LEADERSHIP)).waiting == ()
