"""Which texts are taken for English, and which are not: short posts as people write them."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import language
from metrics.language import language_of

#: Posts that letters alone put down to Danish, Sotho, Welsh, Tagalog, French, …
SHORT = [
    "Damn, the queue again. Sucks.",
    "@desk_01 lol, love that one! :D",
    "Yay, another train cancelled... #fun",
    "The new shop by the river http://example.org/removed",
    "Dinner: two yellow tomatoes.",
    "RT @desk_01: change is good. change is good.",
    "it's official. sleeping in the office tonight.",
    "Congrats, well deserved!!! 🎉🎉",
    "@desk_01 thx &lt;3 &lt;3 http://example.org/a_b",
    "Crazy prices, pathetic answer",
    "Worst. Apology. Ever. 😡",
    "I can’t believe they’d say that…",
]

FOREIGN = {
    "de": ["Das war die schlechteste Entschuldigung seit Jahren", "Der Zug kommt schon wieder zu spät, danke Bahn"],
    "fr": ["Le service client ne répond jamais au téléphone", "C'est la pire des excuses, vraiment"],
    "es": ["No me creo nada de lo que dicen", "La peor disculpa que he visto, de verdad"],
    "it": ["Non ci credo, una vergogna per tutti", "Il treno oggi non parte, che bello"],
    "pt": ["O pior atendimento que eu tive na vida", "Ninguém acredita numa palavra disto"],
    "nl": ["Wat een slechte klantenservice is dit zeg", "Ik heb nog steeds geen antwoord gehad"],
    "sv": ["Jag har väntat i en timme på svar", "Det var den sämsta ursäkten någonsin"],
    "da": ["Det er den værste undskyldning jeg har set", "Hvorfor svarer de aldrig på telefonen"],
    "pl": ["Nikt nie wierzy w te przeprosiny", "To jest najgorsza firma na rynku"],
    "tr": ["Bu özrü kimse kabul etmiyor artık", "Trenler yine gecikti, yeter artık"],
    "id": ["Pelayanan ini sangat buruk dan tidak jujur", "Tidak ada yang percaya dengan alasan ini"],
    "ru": ["Никто не верит этим извинениям"],
    "ja": ["この謝罪は誰も信じていません"],
    "ar": ["لا أحد يصدق هذا الاعتذار"],
}


@pytest.fixture
def no_lingua(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> Any:
        raise AssertionError("lingua was asked")

    monkeypatch.setattr(language, "_detector", asked)


@pytest.mark.parametrize("text", SHORT)
def test_short_english_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", [text for texts in FOREIGN.values() for text in texts])
def test_another_language_is_not(text: str) -> None:
    assert language_of(text) != "en"
    assert language_of(f"@desk_01 {text} http://example.org/the_best_of") != "en"


@pytest.mark.parametrize(
    "text",
    [
        "Das Update ist live, aber das Team will nicht sagen, wann der Support wieder online ist",
        "El nuevo show de la temporada fue cool, pero no me gustó que cancelaran el streaming",
        "Le best of du show est en streaming sur le web, mais le son est nul",
        "Lol, no me lo creo",
    ],
)
def test_english_words_make_no_other_language_english(text: str) -> None:
    assert language_of(text) != "en"


@pytest.mark.parametrize(
    "text", ["", " \n", "http://example.org", "@desk_01 @desk_02 #fail", ":) :)", "42", "🎉", "&amp;"]
)
def test_where_nothing_is_written_nothing_can_be_told(text: str, no_lingua: None) -> None:
    assert language_of(text) == "und"


@pytest.mark.parametrize(
    "text",
    [
        "They finally answered and it was worth the wait",
        "Does anybody know when the shop opens again?",
        "I don’t think so",
        "THE WORST SERVICE I HAVE SEEN",
    ],
)
def test_what_is_clear_costs_no_look_at_letters(text: str, no_lingua: None) -> None:
    assert language_of(text) == "en"


def test_a_handle_or_an_address_tells_no_language() -> None:
    """Their letters put many an English post down to French or Danish."""
    text = "Just posted a photo"
    assert (
        language_of(f"@nicht_ist_das {text} http://example.org/det_og_ikke #nous_sommes") == language_of(text) == "en"
    )


@given(st.text(max_size=60))
def test_any_text_has_a_code(text: str) -> None:
    assert len(language_of(text)) in (2, 3)


def test_few_real_english_posts_are_taken_for_others(shared: Path) -> None:
    lines = (shared / "data" / "tweets_GroundTruth.txt").read_text(encoding="utf-8").splitlines()
    posts = [html.unescape(line.split("\t")[2]) for line in lines]
    long_enough = [post for post in posts if len(post) >= 20]
    kept = sum(language_of(post) == "en" for post in long_enough)
    assert kept / len(long_enough) >= 0.98
