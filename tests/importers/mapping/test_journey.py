"""A semicolon file of a tool nobody knows: suggested, corrected, previewed, saved, applied, found again, undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.access import LOCAL
from importers.context import Options
from importers.issues import Severity
from importers.mapping import saved
from importers.mapping.model import Mapping
from importers.mapping.preview import parsed
from importers.pipeline import apply
from tests.importers.files import contents, count, fates, imported, problems, stored, undone, upload
from tests.importers.mapping.files import JUNE, MAY, context, sheet, suggested


def corrected() -> Mapping:
    found = suggested(MAY)
    assert found.unknown == {"kind": ("Hausbeitrag",)}
    values = found.mapping.values | {"kind": found.mapping.values["kind"] | {"Hausbeitrag": "owned"}}
    return replace(found.mapping, name="Monatsbericht", values=values)


def test_an_unknown_file_is_refused_with_what_its_columns_look_like(database: str) -> None:
    (refused,) = apply(upload(MAY), Options(), LOCAL)
    assert problems([refused]) == ["format-unknown"]
    hints = {one.column: one.message for one in refused.issues if one.severity is Severity.INFO}
    assert hints["Veröffentlicht"] == (
        "“Veröffentlicht” looks like posted_at: the heading is “veröffentlicht” and all 3 values are dates."
    )
    assert len(hints) == 7
    assert contents() == {}


def test_from_the_suggestion_to_the_next_month_and_back(database: str) -> None:
    mapping = corrected()
    assert mapping.lacking() == []
    shown = parsed(sheet(MAY), mapping, context())
    assert shown.issues == []
    row, cells = shown.rows[0]
    assert row == 4
    assert {name: (cell.raw, cell.value) for name, cell in cells.items()} == {
        "posted_at": ("03.05.2026 10:00", cells["posted_at"].value),
        "platform": ("Facebook", "Facebook"),
        "text": (cells["text"].raw, cells["text"].raw),
        "reach": ("1.234", 1234),
        "likes": ("12", 12),
        "sentiment": ("-0,25", -0.25),
        "kind": ("Erwähnung", "mention"),
    }
    assert cells["posted_at"].value.isoformat() == "2026-05-03T08:00:00+00:00"

    assert saved.save(mapping, LOCAL) == 1
    first = imported(MAY)
    assert (first.format, fates(first)) == ("mapping:Monatsbericht", (3, 0, 0, 0, 0))
    assert stored("post", "platform", "kind", "reach", "sentiment") == [
        ("Facebook", "mention", 1234, -0.25), ("X", "mention", 2345, 0.5), ("X", "owned", 10, 0.0),
    ]  # fmt: skip
    assert stored("batch", "mapping") == [(mapping.to_dict(),)]

    june = imported(JUNE)
    assert fates(june) == (1, 0, 0, 0, 0)
    assert stored("post", "reach", "sentiment", "kind")[-1] == (1500, 0.75, "owned")
    undone(june.batch)
    undone(first.batch)
    assert (contents(), count("mapping")) == ({}, 1)


def test_the_same_file_is_unchanged_until_its_mapping_is(database: str) -> None:
    mapping = corrected()
    saved.save(mapping, LOCAL)
    imported(MAY)
    assert imported(MAY).status == "unchanged"
    other = replace(mapping, values=mapping.values | {"kind": mapping.values["kind"] | {"Hausbeitrag": "mention"}})
    saved.save(other, LOCAL, version=1)
    again = imported(MAY)
    assert (again.status, fates(again)) == ("applied", (0, 1, 2, 0, 0))
    assert [kind for (kind,) in stored("post", "kind")] == ["mention"] * 3


def test_a_mapping_at_hand_and_a_saved_name_read_the_same(database: str) -> None:
    mapping = corrected()
    result = imported(MAY, Options(mapping=mapping))
    assert fates(result) == (3, 0, 0, 0, 0)
    saved.save(mapping, LOCAL)
    assert imported(MAY, Options(mapping="Monatsbericht")).status == "unchanged"
    assert stored("batch", "options") == [({"mapping": "Monatsbericht"},)]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (Options(mapping="Unbekannt"), "mapping-unknown"),
        (Options(mapping=Mapping("leer", corrected().kind, "posts")), "mapping-broken"),
    ],
)
def test_a_mapping_that_cannot_be_used_refuses_the_file(database: str, options: Options, code: str) -> None:
    (refused,) = apply(upload(MAY), options, LOCAL)
    assert {one.code for one in refused.issues} == {code}
    assert contents() == {}


def test_a_file_without_a_needed_column_is_refused_by_name(database: str) -> None:
    (refused,) = apply(upload("Netzwerk;Art\nX;Erwähnung\n"), Options(mapping=corrected()), LOCAL)
    assert [one.code for one in refused.issues] == ["column-missing"]
    assert "“Veröffentlicht” is missing; the mapping “Monatsbericht” needs it" in refused.issues[0].message


def test_a_file_without_another_column_is_read_with_a_warning(database: str) -> None:
    result = imported("Veröffentlicht;Netzwerk;Art\n15.06.2026;X;Erwähnung\n", Options(mapping=corrected()))
    assert fates(result) == (1, 0, 0, 0, 0)
    assert {one.column for one in result.issues if one.code == "mapping-column-absent"} == {
        "Beitragstext", "Reichweite", "Gefällt mir", "Stimmungswert",
    }  # fmt: skip
