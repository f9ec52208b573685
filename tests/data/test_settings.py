"""Every setting has a default, reads what people type, and refuses the rest with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from data.access import LOCAL
from data.commands.settings import change, change_all
from data.engine import reading, writing
from data.queries.setting_changes import setting_changes
from data.settings import KEYS, SettingError, Settings, SettingsRefused, countries, key, load
from data.tables import AuditEntry, Setting
from tests.data.world import rows

DEFAULTS = {
    "company.name": None,
    "company.timezone": "UTC",
    "company.opens": "09:00",
    "company.closes": "17:00",
    "company.holidays": None,
    "reputation.primary_source": None,
    "baseline.days": 28,
    "anonymity.k": 5,
    "anonymity.comment_k": 8,
    "surveys.paired": False,
    "review.deadline_days": 30,
    "retention.posts_months": 24,
    "retention.comments_months": 24,
    "sla.1_days": 180,
    "sla.2_days": 90,
    "sla.3_days": 60,
    "sla.4_days": 30,
    "sample.as_of": None,
}
READ: list[tuple[str, str, Any]] = [
    ("company.name", "  Larkfield & Söhne ", "Larkfield & Söhne"),
    ("company.name", "   ", None),
    ("company.timezone", "Asia/Kathmandu", "Asia/Kathmandu"),
    ("company.timezone", " UTC ", "UTC"),
    ("company.opens", "8:30".rjust(5, "0"), "08:30"),
    ("company.opens", " 00:00 ", "00:00"),
    ("company.closes", "23:59", "23:59"),
    ("company.holidays", "pt", "PT"),
    ("company.holidays", "", None),
    ("reputation.primary_source", "Glassdoor", "Glassdoor"),
    ("baseline.days", "14", 14),
    ("baseline.days", " 365 ", 365),
    ("anonymity.k", "3", 3),
    ("anonymity.comment_k", "100", 100),
    ("surveys.paired", "On", True),
    ("surveys.paired", "false", False),
    ("review.deadline_days", "1", 1),
    ("retention.posts_months", "240", 240),
    ("retention.comments_months", "1", 1),
    ("sla.1_days", "3650", 3650),
    ("sla.2_days", "1", 1),
    ("sla.3_days", "45", 45),
    ("sla.4_days", "7", 7),
    ("sample.as_of", "2026-11-20T18:00+00:00", "2026-11-20T18:00:00+00:00"),
    ("sample.as_of", " ", None),
    ("targets.time_to_detect", "3", 3.0),
    ("targets.enps", "-12.5", -12.5),
    ("targets.enps", " +0.25 ", 0.25),
    ("targets.enps", "", None),
]
REFUSED = [
    ("company.timezone", "Lisbon"),
    ("company.timezone", ""),
    ("company.timezone", "../etc/passwd"),
    ("company.opens", "9 o'clock"),
    ("company.opens", "24:00"),
    ("company.opens", "09:00+02:00"),
    ("company.closes", "17:00:30"),
    ("company.closes", ""),
    ("company.holidays", "ZZ"),
    ("baseline.days", "13"),
    ("baseline.days", "366"),
    ("baseline.days", "28.0"),
    ("baseline.days", "9" * 5000),
    ("anonymity.k", "2"),
    ("anonymity.k", "-5"),
    ("anonymity.k", "five"),
    ("anonymity.comment_k", "101"),
    ("surveys.paired", "maybe"),
    ("surveys.paired", ""),
    ("review.deadline_days", "0"),
    ("retention.posts_months", "0"),
    ("retention.comments_months", "241"),
    ("sla.1_days", "0"),
    ("sla.2_days", "3651"),
    ("sla.3_days", ""),
    ("sla.4_days", "1e2"),
    ("sample.as_of", "2026-11-20T18:00"),
    ("sample.as_of", "tomorrow"),
    ("targets.time_to_detect", "nan"),
    ("targets.time_to_detect", "inf"),
    ("targets.time_to_detect", "3,5"),
    ("targets.time_to_detect", "1_000"),
    ("targets.time_to_detect", "1e400"),
]
UNKNOWN = [
    "company",
    "company.colour",
    "targets",
    "targets.",
    "targets.Time",
    "targets.a b",
    "sla.5_days",
    "",
    "TARGETS.a",
]


def test_the_keys_and_defaults_are_those_of_the_contract() -> None:
    assert {name: declared.default for name, declared in KEYS.items()} == DEFAULTS
    assert all(declared.help for declared in KEYS.values())
    assert {name for name, *_ in READ} >= set(KEYS)
    assert {name for name, _ in REFUSED} >= set(KEYS) - {"company.name", "reputation.primary_source"}


@pytest.mark.parametrize("name", KEYS)
def test_a_default_reads_as_itself(name: str) -> None:
    default = KEYS[name].default
    typed = {None: "", True: "on", False: "off"}.get(default, str(default))
    assert KEYS[name].parse(typed) == default


@pytest.mark.parametrize(("name", "typed", "value"), READ)
def test_what_people_type_is_read(name: str, typed: str, value: Any) -> None:
    found = key(name).parse(typed)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("name", "typed"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_a_sentence(name: str, typed: str) -> None:
    with pytest.raises(SettingError) as caught:
        key(name).parse(typed)
    sentence = str(caught.value)
    assert f"“{typed}”" in sentence
    assert len(sentence) > len(typed) + 15


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_key_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(SettingError, match=r"There is no setting.*company\.name.*targets\.<metric id>"):
        key(name)
    with pytest.raises(SettingError, match="There is no setting"):
        _ = Settings({})[name]


def put(name: str, typed: str) -> Any:
    with writing() as session:
        return change(session, LOCAL, name, typed)


def now() -> Settings:
    with reading() as session:
        return load(session)


def test_settings_survive_the_database(database: str) -> None:
    for name, typed, value in READ:
        assert put(name, typed) == value
        assert now()[name] == value
        assert isinstance(now()[name], bool) is isinstance(value, bool)  # SQLite gives 3.0 back as 3


def test_only_what_differs_is_stored(database: str) -> None:
    put("baseline.days", "21")
    put("targets.enps", "10")
    assert rows(Setting) == [("baseline.days", 21), ("targets.enps", 10.0)]
    put("baseline.days", "35")
    assert rows(Setting, "value") == [(10.0,), (35,)]
    put("baseline.days", "28")
    put("targets.enps", "")
    assert rows(Setting) == []
    assert now().target("enps") is None


def test_changes_are_recorded_without_their_value(database: str) -> None:
    put("company.name", "Hush")
    with reading() as session:
        entry = session.exec(select(AuditEntry)).one()
    assert (entry.actor, entry.role, entry.action, entry.target) == (
        "local user",
        "admin",
        "setting changed",
        "company.name",
    )


def test_a_refused_change_leaves_the_database(database: str) -> None:
    with pytest.raises(SettingError):
        put("anonymity.k", "2")
    assert (rows(Setting), rows(AuditEntry)) == ([], [])


def test_business_hours_end_after_they_start(database: str) -> None:
    with pytest.raises(SettingError, match="from 17:00 to 17:00 would never be open"):
        put("company.opens", "17:00")
    put("company.closes", "22:00")
    put("company.opens", "18:00")
    with pytest.raises(SettingError, match="from 18:00 to 17:00"):
        put("company.closes", "17:00")
    assert (now()["company.opens"], now()["company.closes"]) == ("18:00", "22:00")


def test_all_settings_as_one(database: str) -> None:
    put("targets.time_to_detect", "3")
    put("targets.enps", "-5")
    put("company.timezone", "Asia/Kathmandu")
    found = now()
    expected = DEFAULTS | {"company.timezone": "Asia/Kathmandu", "targets.enps": -5.0, "targets.time_to_detect": 3.0}
    assert found.as_dict() == expected
    assert list(found.as_dict())[-2:] == ["targets.enps", "targets.time_to_detect"]
    assert found.zone.key == "Asia/Kathmandu"
    assert found.target("time_to_detect") == 3.0


def put_all(texts: dict[str, str], seen: dict[str, Any] | None = None) -> list[str]:
    with writing() as session:
        return change_all(session, LOCAL, texts, now().as_dict() if seen is None else seen)


def test_several_are_changed_in_one_transaction(database: str) -> None:
    put("sla.1_days", "100")
    texts = {
        "company.opens": "18:00",
        "company.closes": "22:00",
        "sla.1_days": "100",
        "topics.a": "one",
        "anonymity.k": "5",
    }
    assert put_all(texts) == ["company.opens", "company.closes", "topics.a"]
    assert rows(Setting) == [
        ("company.closes", "22:00"),
        ("company.opens", "18:00"),
        ("sla.1_days", 100),
        ("topics.a", "one"),
    ]
    with reading() as session:
        told = setting_changes(session, 3)
    assert sorted(told["key"]) == ["company.closes", "company.opens", "topics.a"]
    assert set(told["actor"]) == {"local user"}


def test_one_wrong_value_keeps_all_back_and_each_says_why(database: str) -> None:
    with pytest.raises(SettingsRefused) as caught:
        put_all({"company.name": "Ours", "anonymity.k": "2", "company.opens": "18:00", "targets.enps": "many"})
    assert list(caught.value.reasons) == ["anonymity.k", "targets.enps", "company.closes"]
    assert "from 3 to 100" in caught.value.reasons["anonymity.k"]
    assert (rows(Setting), rows(AuditEntry)) == ([], [])


@pytest.mark.parametrize("theirs", ["21", "28"])
def test_what_changed_since_it_was_seen_is_kept(database: str, theirs: str) -> None:
    seen = DEFAULTS | {"baseline.days": 30}
    put("baseline.days", theirs)
    with pytest.raises(SettingsRefused, match=f"somebody else changed this meanwhile, to “{theirs}”"):
        put_all({"baseline.days": "35"}, seen)
    assert put_all({"baseline.days": "30", "sla.1_days": "90"}, seen) == ["sla.1_days"]
    assert put_all({"baseline.days": theirs}, seen) == []
    assert now()["baseline.days"] == int(theirs)


def test_every_country_that_is_offered_is_taken() -> None:
    offered = countries()
    assert offered["US"] == "United States"
    assert list(offered.values()) == sorted(offered.values())
    assert {code: key("company.holidays").parse(code) for code in offered} == {code: code for code in offered}


def test_whole_numbers_say_their_bounds() -> None:
    for name, declared in KEYS.items():
        if isinstance(declared.default, int) and not isinstance(declared.default, bool):
            assert declared.bounds is not None
            lo, hi = declared.bounds
            assert (key(name).parse(str(lo)), key(name).parse(str(hi))) == (lo, hi)
            with pytest.raises(SettingError):
                key(name).parse(str(lo - 1))
