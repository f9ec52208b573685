"""A mapping as JSON: the same again after the way there and back, and broken ones told in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.enums import Stream
from importers.issues import Refused
from importers.mapping.headings import labels, signature
from importers.mapping.model import Mapping, from_dict
from importers.mapping.saved import from_json, to_json
from importers.mapping.targets import TARGETS
from importers.mapping.vocabulary import VOCABULARIES
from importers.table import heading

SMALLEST: dict[str, Any] = {
    "name": "m", "kind": "culture", "record": "activities", "columns": {"date": "Tag"}, "constants": {"kind": "training"},
}  # fmt: skip
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20).filter(str.strip)


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    """Any complete mapping."""
    target = draw(st.sampled_from(list(TARGETS.values())))
    word = {name: st.sampled_from(list(VOCABULARIES.get((target.record, name), ["9"]))) for name in target.fields}
    survey = target.stream is Stream.SURVEY
    optional = draw(st.sets(st.sampled_from(target.fields)))
    needed = [name for name in target.needed if name in target.fields]
    headings = draw(st.lists(_WORDS, min_size=40, max_size=40, unique_by=heading))
    filled = {name: headings.pop() for name in sorted({*needed, *optional})}
    if target.items and target.by_heading == "source" and {"source", "company"} <= set(filled):
        del filled["company"]
    constants = {}
    for name in [*filled]:
        if draw(st.booleans()) and not survey:
            constants[name] = str(draw(word[name]))
            del filled[name]
    inside = ["audience"] if survey else list(filled)
    values = {name: draw(st.dictionaries(_WORDS, word[name].map(str), max_size=3)) for name in filled if name in inside}
    return Mapping(
        draw(_WORDS.map(str.strip).filter(bool)), target.stream, target.record,
        headings=tuple(headings), columns=filled, constants=constants, values=values,
        items=tuple(headings[:2]) if target.items else (),
        date_order=draw(st.sampled_from(["dmy", "mdy", "ymd", None])),
        decimal=draw(st.sampled_from(["comma", "point", None])),
        timezone=draw(st.sampled_from(["Europe/Lisbon", None])),
        header=draw(st.one_of(st.none(), st.integers(1, 15))),
    )  # fmt: skip


@given(mappings())
def test_json_and_back_is_the_same_mapping(mapping: Mapping) -> None:
    assert from_json(to_json(mapping)) == mapping


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.one_of(st.sampled_from(list(SMALLEST)), st.sampled_from(["items", "values", "header"])), inner),
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_any_json_is_a_mapping_or_refused(data: Any) -> None:
    for content in (data, SMALLEST | data if isinstance(data, dict) else data):
        assert _codes(content) <= {"mapping-broken"}


def _codes(data: Any) -> set[str]:
    try:
        from_json(json.dumps(data))
    except Refused as refusal:
        return {one.code for one in refusal.issues}
    return set()


def told(**changes: Any) -> str:
    with pytest.raises(Refused) as refusal:
        from_dict(SMALLEST | changes)
    return " ".join(one.message for one in refusal.value.issues)


def test_the_smallest_is_fine() -> None:
    assert from_dict(SMALLEST).filled == {"date", "kind"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "weather"}, "“kind” is not one of: incidents"),
        ({"record": "posts"}, "culture has no record “posts”, it has activities"),
        ({"name": ""}, "“name” is missing"),
        ({"name": " "}, "a name has 1 to 100 characters"),
        ({"colour": "red"}, "it has no use for “colour”"),
        ({"columns": ["date"]}, "“columns” is not an object of texts"),
        ({"columns": {"date": 3}}, "“columns” is not an object of texts"),
        ({"columns": {"date": "Tag", "mood": "M"}}, "a culture activity has no field “mood”"),
        ({"columns": {}}, "nothing fills “date”, which is needed"),
        ({"columns": {"date": "Tag", "note": "tag"}}, "the column “tag” is used twice"),
        ({"columns": {"date": "Tag", "kind": "Art"}}, "“kind” has both a column and a constant"),
        ({"constants": {"kind": "party"}}, "“party” is not one of: training"),
        ({"values": {"kind": {"Schulung": "party"}}}, "“party” is not one of: training"),
        ({"values": {"kind": "training"}}, "“values” does not hold an object of texts for each field"),
        ({"items": ["Q1"]}, "a culture activity has no item columns"),
        ({"headings": "Tag"}, "“headings” is not a list of texts"),
        ({"date_order": "dym"}, "“date_order” is not one of: dmy, mdy, ymd"),
        ({"decimal": ","}, "“decimal” is not one of: comma, point"),
        ({"timezone": "Atlantis"}, "“Atlantis” is not a time zone"),
        ({"header": 0}, "“header” is not the number of a row"),
        ({"name": "a\x00b"}, "“name” is not a text"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, Any], words: str) -> None:
    assert words in told(**changes)


def test_what_is_no_object_or_no_json_is_told() -> None:
    for content in (b"[]", b"3", b"{", b"\xff\xfe\x00", b"[" * 100_000, b""):
        with pytest.raises(Refused) as refusal:
            from_json(content)
        assert [one.code for one in refusal.value.issues] == ["mapping-broken"]


def test_the_mapping_of_a_survey_holds_the_labels_of_its_scale_and_no_answer() -> None:
    survey: dict[str, Any] = {
        "kind": "survey",
        "record": "respondents",
        "items": ["Stolz?"],
        "columns": {},
        "constants": {},
    }
    assert from_dict(SMALLEST | survey | {"values": {"answer": {"Stimme zu": "4", "weiß nicht": ""}}})
    assert "labels of their scale" in told(**survey, values={"answer": {"Ich möchte mehr Pausen": "mehr Pausen"}})
    assert "labels of their scale" in told(**survey, values={"answer": {"Langer Satz " * 8: "4"}})
    assert "no words for “department”" in told(**survey, values={"department": {"Werk 7": "Werk"}})
    assert "no words for “respondent”" in told(**(survey | {"constants": {"respondent": "jemand"}}))


def test_item_columns_are_companies_where_the_source_is_said() -> None:
    wide: dict[str, Any] = {
        "kind": "reputation",
        "record": "scores_wide",
        "columns": {"date": "Jahr"},
        "items": ["Eine AG"],
    }
    assert from_dict(SMALLEST | wide | {"constants": {}}).item_field == "source"
    assert from_dict(SMALLEST | wide | {"constants": {"source": "Index"}}).item_field == "company"
    assert "fill “company”" in told(**wide, constants={"source": "Index", "company": "Eine AG"})


def test_a_signature_knows_neither_order_nor_case_nor_blank_columns() -> None:
    assert signature(["Datum", "Wert"]) == signature(["WERT", "datum"]) == signature(["\ufeffDatum", "Wert", ""])
    assert signature(["Datum"]) != signature(["Datum", "Wert"])


def test_every_column_has_a_name_of_its_own() -> None:
    assert labels(["Labels", None, "labels", " Labels ", "_"]) == [
        "Labels", "column 2", "labels (2)", "Labels (3)", "column 5",
    ]  # fmt: skip
