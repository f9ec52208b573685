from __future__ import annotations

from metrics.estimate import Status
from metrics.parties import missing_parties, parties_heard


def test_the_missing_ones_are_listed() -> None:
    found = parties_heard(["employees", "customers", "press"], ["employees", "partners"])
    assert (found.value, found.n, found.lo) == (1 / 3, 3, None)
    assert found.basis == "1 of 3 audiences the plan names; not heard: customers and press"
    assert missing_parties(["b", "a", "a"], []) == ["a", "b"]


def test_all_and_none() -> None:
    assert parties_heard(["customers"], ["customers"]).basis == "1 of 1 audience the plan names"
    assert parties_heard(["customers", "Customers "], []).basis == (
        "0 of 1 audience the plan names; not heard: customers"
    )


def test_without_an_audience_in_the_plan_it_does_not_apply() -> None:
    for named in ([], ["", " "]):
        found = parties_heard(named, ["employees"])
        assert (found.status, found.value) == (Status.NOT_APPLICABLE, None)
