"""What unknown columns seem to be, with a reason and how sure it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.enums import Stream
from docs.cells import says
from importers.mapping.evidence import sort_of
from importers.mapping.hints import hints
from importers.mapping.suggest import Suggestion
from importers.mapping.targets import TARGETS
from importers.mapping.vocabulary import SCALE_LABELS, VOCABULARIES, meaning, plain, spellings
from importers.sheet import Sheet
from tests.importers.mapping.files import MAY, SURVEY, context, suggested, table

FRENCH = (
    "Date de publication;Réseau;Message;Vues;J'aime;Partages;Lien\n"
    "05/04/2026;Facebook;Le train est encore en retard et personne ne nous dit pourquoi.;100;3;1;https://a.example/1\n"
)
SPANISH = "Fecha;Incidente;Estado;Descripción\n2026-05-01 10:00;I-1;Resuelto;Todo vuelve a funcionar\n"
PORTUGUESE = "Data;Fonte;Pontuação\n2026-05-01;Portal de avaliações;4,2\n"
ENGLISH = "When,Case,State\n2026-05-01 10:00,C1,Closed\n2026-05-01 09:00,C1,Investigatng\n"


def fields(found: Suggestion) -> dict[str, str | None]:
    return {one.heading: one.field for one in found.proposals}


def test_german() -> None:
    found = suggested(MAY)
    assert (found.mapping.record, found.mapping.header, found.lacking) == ("posts", 3, [])
    assert fields(found) == {
        "Veröffentlicht": "posted_at", "Netzwerk": "platform", "Beitragstext": "text", "Reichweite": "reach",
        "Gefällt mir": "likes", "Stimmungswert": "sentiment", "Art": "kind",
    }  # fmt: skip
    assert {one.confidence for one in found.proposals} <= {"sure", "likely"}
    assert found.mapping.values == {"kind": {"Erwähnung": "mention"}}
    assert "daily" in found.others


@pytest.mark.parametrize(
    ("content", "record", "expected"),
    [
        (FRENCH, "posts", ["posted_at", "platform", "text", "impressions", "likes", "shares", "url"]),
        (SPANISH, "events", ["occurred_at", "crisis", "milestone", "description"]),
        (PORTUGUESE, "scores", ["date", "source", "score"]),
        (ENGLISH, "events", ["occurred_at", "crisis", "milestone"]),
    ],
)
def test_other_languages(content: str, record: str, expected: list[str]) -> None:
    found = suggested(content)
    assert found.mapping.record == record
    assert list(fields(found).values()) == expected


def test_words_get_the_meaning_they_resemble() -> None:
    assert suggested(ENGLISH).mapping.values == {"milestone": {"Closed": "resolved", "Investigatng": "acknowledged"}}


def test_content_alone_tells_dates_platforms_labels_links_and_scores() -> None:
    rows = [
        [f"2026-05-0{n} 10:00", ["Reddit", "Mastodon"][n % 2], ["positive", "negative"][n % 2], n / 10 - 0.3,
         f"https://a.example/{n}", "A longer text that somebody wrote about a train that came late"]
        for n in range(1, 7)
    ]  # fmt: skip
    found = suggested(table(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"], *rows), kind=Stream.ENGAGEMENT)
    assert list(fields(found).values()) == ["posted_at", "platform", "sentiment_label", "sentiment", "url", "text"]
    reasons = [one.reason for one in found.proposals]
    assert reasons[0] == "all 6 values are dates"
    assert reasons[1] == "it holds values such as “Mastodon”, “Reddit”"
    assert reasons[3] == "its values lie between −1 and 1"
    assert {one.confidence for one in found.proposals} == {"likely", "guess"}


def test_cells_outweigh_a_heading_they_contradict() -> None:
    found = suggested(table(["date", "likes", "platform"], ["often", "many", "X"], ["rarely", "few", "X"]))
    assert fields(found)["date"] is None
    assert fields(found)["likes"] is None


def test_what_nothing_fills_is_named() -> None:
    found = suggested("Datum;Beiträge\n2026-05-01;3\n", record="daily")
    assert found.lacking == ["platform"]
    told = hints(table(["Datum", "Beiträge"], ["2026-05-01", 3]), context(kind=Stream.ENGAGEMENT))
    assert "looks like platform, which is needed" in told[-1].message


def test_a_field_goes_to_one_column_alone() -> None:
    found = suggested("date,date of export,published\n2026-05-01,2026-05-02,2026-05-03\n")
    used = [one.field for one in found.proposals if one.field]
    assert len(used) == len(set(used))


def test_a_survey_with_one_row_a_respondent() -> None:
    found = suggested(SURVEY)
    assert (found.mapping.kind, found.mapping.record) == (Stream.SURVEY, "respondents")
    assert fields(found) == {
        "Zeitstempel": "answered_at", "Nachname": None, "Abteilung": "department",
        "Ich bin stolz hier zu arbeiten": "question", "Würden Sie uns als Arbeitgeber empfehlen?": "question",
        "Was soll sich ändern?": "question",
    }  # fmt: skip
    assert next(one.reason for one in found.proposals if one.heading == "Nachname") == "it can identify a person"
    assert found.mapping.values == {"answer": {"Stimme voll zu": "5", "Stimme zu": "4"}}
    assert "Pausen" not in repr(found)
    assert "Mustermann" not in repr(found)


def test_a_sheet_that_resembles_nothing_gives_no_hints() -> None:
    guessed = suggested("hello,world\n1,2\n")
    assert {one.confidence for one in guessed.proposals} <= {"guess", None}
    for one in (
        table(["hello", "world"], [1, 2]),
        table(["colour"], ["red"]),
        table([]),
        Sheet(None, []),
        table([None, ""]),
    ):
        assert hints(one, context()) == []


@settings(max_examples=settings.default.max_examples // 4)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.text(max_size=9), st.sampled_from(["date", "X", "url", "4"]), st.floats()), max_size=5),
        max_size=8,
    )
)  # fmt: skip
def test_any_sheet_gets_a_draft(rows: list[list[Any]]) -> None:
    found = suggested(table(*rows))
    assert len(found.proposals) == len(found.mapping.columns) + len(found.mapping.items) + sum(
        one.field is None for one in found.proposals
    )
    assert all(one.reason for one in found.proposals)


def test_four_hundred_columns_are_no_problem() -> None:
    found = suggested(table([f"Column {n}" for n in range(400)], *[["word"] * 400] * 50))
    assert len(found.proposals) == 400


def test_every_field_of_fixed_words_has_its_vocabulary_and_no_other_has_one() -> None:
    for target in TARGETS.values():
        for column in target.columns:
            listed = says(column.read).startswith("one of ")
            assert ((target.record, column.field) in VOCABULARIES) == listed, (target.record, column.field)
            if listed:
                assert set(says(column.read).removeprefix("one of ").split(", ")) == set(
                    VOCABULARIES[target.record, column.field]
                )
            assert (sort_of(column, target) in {"count", "number", "bounded"}) == (
                "number" in says(column.read)[:15]
            ) or (column.field in {"answer", "favourable"})


def test_no_spelling_is_a_word_of_its_vocabulary_that_means_another() -> None:
    for vocabulary in set(VOCABULARIES.values()):
        assert all(spellings(vocabulary)[plain(word)] == word for word in vocabulary)
    assert meaning("Gelöst", VOCABULARIES["events", "milestone"]) == "resolved"
    assert meaning("zz", VOCABULARIES["events", "milestone"]) is None
    assert set(SCALE_LABELS.values()) == {1, 2, 3, 4, 5}
