"""Rules of topics as people write them."""

from __future__ import annotations

import pytest

from data.settings import SettingError, Settings, key
from data.term_rules import TermRule, parsed


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("thread", TermRule(("thread",))),
        (" #thread , @larkfield;outage ", TermRule(("#thread", "@larkfield", "outage"))),
        ('"two words", -excluded', TermRule(("two words",), ("excluded",))),
        ("“one, with a comma”, -“not this”, −minus", TermRule(("one, with a comma",), ("not this", "minus"))),
        ("two words", TermRule(("two words",))),
        ("thread,,", TermRule(("thread",))),
        ("e-mail", TermRule(("e-mail",))),
    ],
)
def test_what_people_write_is_read(text: str, rule: TermRule) -> None:
    assert parsed(text) == rule


@pytest.mark.parametrize("text", ["-excluded", ",", '"open', "!!", 'a "b" c'])
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parsed(text)
    with pytest.raises(SettingError):
        key("topics.x").parse(text)


def test_rules_are_settings_in_the_order_of_their_names() -> None:
    settings = Settings({"topics.b": "two", "topics.A b": "one, -none", "targets.enps": 3.0})
    assert settings.topics == {"A b": TermRule(("one",), ("none",)), "b": TermRule(("two",))}
    assert list(settings.as_dict())[-3:] == ["targets.enps", "topics.A b", "topics.b"]
    assert key("topics.x").parse(" ") is None


@pytest.mark.parametrize("name", ["topics.", "topics. x", "topics.x ", "topics." + "x" * 101])
def test_a_topic_has_a_name(name: str) -> None:
    with pytest.raises(SettingError, match=r"topics\.<name>"):
        key(name)
