"""Settings: what is shown, what is saved at once or not at all, and what is refused with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import LOCAL
from data.commands.settings import change
from data.engine import reading, writing
from data.settings import KEYS, load
from metrics.catalogue import ALL
from pages.components.settings_saved import called
from tests.data.world import rows
from tests.pages.looking import alerts, frames, healthy, said, title
from tests.small import bring, setting

pytestmark = pytest.mark.usefixtures("small")

#: Keys that the form shows in fields of their own; `sample.as_of` belongs to the sample company alone.
IN_FIELDS = set(KEYS) - {"sample.as_of"}


def now() -> dict[str, Any]:
    with reading() as session:
        return load(session).as_dict()


def widget(page: Any, name: str, turn: int = 0) -> Any:
    kinds = (page.text_input, page.number_input, page.selectbox, page.toggle)
    (found,) = [w for kind in kinds for w in kind if w.key == f"setting_{turn}_{name}"]
    return found


def edited(page: Any, table: str, turn: int = 0, **edits: Any) -> None:
    nothing: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    page.session_state[f"setting_{turn}_{table}"] = nothing | edits


def saved(page: Any) -> Any:
    return healthy(page.button(key="save_settings").click().run())


def target_row(metric: str) -> int:
    from pages.components.settings_tables import targets_table

    return int(targets_table(now())["key"].tolist().index(f"targets.{metric}"))


def test_every_key_has_its_field_with_what_is_set(open_page: Any) -> None:
    setting("company.name", "Larkfield")
    setting("sla.2_days", "45")
    page = healthy(open_page("settings"))
    assert title(page) == "Settings"
    for name in IN_FIELDS:
        assert widget(page, name) is not None
    assert widget(page, "company.name").value == "Larkfield"
    assert widget(page, "sla.2_days").value == 45
    assert widget(page, "anonymity.k").min == 3
    assert widget(page, "company.opens").value == "09:00"
    assert "never reopens earlier waves" in said(page)


def test_nothing_is_changed_by_saving_what_is_shown(open_page: Any) -> None:
    setting("targets.enps", "-12.5")
    setting("topics.thread", "call centre, “long thread”, -jobs")
    before = now()
    page = saved(open_page("settings"))
    assert alerts(page) == ["Nothing was changed."]
    assert now() == before


def test_everything_is_saved_at_once(open_page: Any) -> None:
    bring("s.csv", [{"date": "2026-01-05", "source": "Index", "score": 70}])
    page = open_page("settings")
    widget(page, "company.name").set_value("  Larkfield & Söhne ")
    widget(page, "company.timezone").set_value("Europe/Lisbon")
    widget(page, "company.holidays").set_value("PT")
    widget(page, "reputation.primary_source").set_value("Index")
    widget(page, "anonymity.k").set_value(7)
    widget(page, "surveys.paired").set_value(True)
    edited(page, "targets", edited_rows={target_row("time_to_first_statement"): {"Target": 2.5}})
    edited(page, "topics", added_rows=[{"Topic": "thread", "Terms": "call centre, -jobs"}])
    page = saved(page)
    assert alerts(page) == ["8 settings saved."]
    after = now()
    assert {name: after[name] for name in after if after[name] != KEYS.get(name, KEYS["company.name"]).default} == {
        "company.name": "Larkfield & Söhne", "company.timezone": "Europe/Lisbon", "company.holidays": "PT",
        "reputation.primary_source": "Index", "anonymity.k": 7, "surveys.paired": True,
        "targets.time_to_first_statement": 2.5, "topics.thread": "call centre, -jobs",
    }  # fmt: skip
    assert widget(page, "company.name", 1).value == "Larkfield & Söhne"
    log = frames(page)[-1]
    assert set(log["Setting"]) >= {KEYS["anonymity.k"].help, "Topic: thread"}
    assert set(log["By"]) == {"local user"}


def test_hours_move_together(open_page: Any) -> None:
    page = open_page("settings")
    widget(page, "company.opens").set_value("18:00")
    widget(page, "company.closes").set_value("22:00")
    assert alerts(saved(page)) == ["2 settings saved."]
    assert (now()["company.opens"], now()["company.closes"]) == ("18:00", "22:00")


def test_one_that_cannot_be_taken_keeps_all_of_them_back(open_page: Any) -> None:
    page = open_page("settings")
    widget(page, "company.name").set_value("Kept in the field")
    widget(page, "company.opens").set_value("18:00")
    edited(page, "topics", added_rows=[{"Topic": "thread", "Terms": "-only"}])
    page = saved(page)
    assert alerts(page) == [
        "Nothing was saved: 2 settings cannot be taken as entered. Why stands below each.",
        "Business hours from 18:00 to 17:00 would never be open.",
        "thread: Name at least one term that a text must hold; others may be excluded with a minus.",
    ]
    assert widget(page, "company.name").value == "Kept in the field"
    assert now() == {name: declared.default for name, declared in KEYS.items()}
    page = healthy(page.button(key="settings_reset").click().run())
    assert alerts(page) == []
    assert widget(page, "company.name", 1).value == ""


def test_what_another_changed_meanwhile_is_not_overwritten(open_page: Any) -> None:
    page = open_page("settings")
    with writing() as session:
        change(session, LOCAL, "baseline.days", "21")
        change(session, LOCAL, "sla.1_days", "100")
    widget(page, "baseline.days").set_value(35)
    page = saved(page)
    assert "Somebody else changed this meanwhile, to “21”." in alerts(page)
    assert (now()["baseline.days"], now()["sla.1_days"]) == (21, 100)
    page = healthy(page.button(key="settings_reset").click().run())
    widget(page, "baseline.days", 1).set_value(35)
    assert alerts(saved(page)) == ["1 setting saved."]
    assert (now()["baseline.days"], now()["sla.1_days"]) == (35, 100)


def test_a_target_is_shown_in_its_unit_and_can_be_taken_away(open_page: Any) -> None:
    setting("targets.favourable", "0.65")
    setting("targets.of_long_ago", "4")
    page = healthy(open_page("settings"))
    table = frames(page)[0]
    line = table[table["Metric"] == ALL["favourable"].label].iloc[0]
    assert (line["Unit"], line["Better"], line["Target"]) == ("share", "higher", 0.65)
    assert table["Metric"].tolist()[-1] == "of_long_ago"
    edited(page, "targets", edited_rows={target_row("favourable"): {"Target": None}, len(table) - 1: {"Target": None}})
    assert alerts(saved(page)) == ["2 settings saved."]
    assert not [name for name in now() if name.startswith("targets.")]


def test_topics_are_renamed_removed_and_never_named_twice(open_page: Any) -> None:
    setting("topics.a", "one")
    setting("topics.b", "two")
    page = open_page("settings")
    edited(page, "topics", added_rows=[{"Topic": "a", "Terms": "three"}])
    page = saved(page)
    assert "a: is named in two rows; keep one." in alerts(page)
    edited(page, "topics", edited_rows={0: {"Topic": "![x](//evil)"}}, deleted_rows=[1])
    assert alerts(saved(page)) == ["3 settings saved."]
    assert {name: text for name, text in now().items() if name.startswith("topics.")} == {"topics.![x](//evil)": "one"}


def test_too_large_a_target_is_refused_by_name(open_page: Any) -> None:
    page = open_page("settings")
    edited(page, "targets", edited_rows={target_row("time_to_detect"): {"Target": 1e20}})
    page = saved(page)
    assert any(text.startswith("Time to detect: “100000000000000000000”") for text in alerts(page))
    from data.tables import Setting

    assert rows(Setting) == []


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("targets.time_to_detect", "Target: Time to detect"),
        ("targets.of_old", "targets.of_old"),
        ("topics.Battery", "Topic: Battery"),
        ("anonymity.k", "Fewest answers a survey group must have to be shown"),
    ],
)
def test_a_changed_setting_is_called_in_words(key: str, told: str) -> None:
    assert called(key) == told
