"""Who is missing is looked up with less than who was heard, and is the same."""

from __future__ import annotations

import pytest

from data.engine import reading
from metrics.parties import missing_parties
from reports.sections.scope import portfolio
from reports.sections.survey_waves import heard, missing, named
from tests.small import ADMIN, bring, log, moment, posts, survey

_STEPS = [
    {"plan_version": "v1", "effective_from": "2025-01-01", "section": "Response", "step": f"Tell {who}", "role": "PR", "audience": who}
    for who in ("employees", "customers", "partners")
]  # fmt: skip


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seen", ["2026-03-05 12:00", "2026-05-01 12:00", "2026-11-20 12:00"])
def test_those_missing_are_those_not_heard(seen: str) -> None:
    bring("plan.csv", _STEPS)
    posts("2026-03-02", {day: (20 if 0 <= day < 30 else 2, 1) for day in range(-40, 80)})
    for number, day in enumerate(("2026-02-20", "2026-03-02", "2026-03-12", "2026-04-20")):
        log(f"c{number}", f"{day} 09:00 posted", name=f"{number}.csv")
    for wave, closed, audience in (
        ("W1", "2026-03-01", "employees"), ("W2", "2026-03-18", "customers"), ("W3", "2026-10-01", "customers"),
    ):  # fmt: skip
        survey(wave, closed, {"I trust them": [4, 5, 2, 3, 4, 5]}, audience=audience)
    with reading() as session:
        told = [
            (missing(scope), missing_parties(named(scope), heard(scope)))
            for scope in portfolio(session, ADMIN, moment(seen)).each()
        ]
    assert len(told) > 1
    assert [one for one, _ in told] == [other for _, other in told]
    assert all("partners" in one for one, _ in told)
