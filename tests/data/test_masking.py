"""Protected terms are found as whole words however they are written, and nothing else is touched."""

from __future__ import annotations

import random
import time

import pytest

from data.masking import WITHHELD, Masker, TermError, usable

M = WITHHELD
TERMS = ["Quilla Vantry", "@zeborun", "Brånno-Lück", "Łomza", "伊真紀"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Quilla Vantry said so", f"{M} said so"),
        ("QUILLA  VANTRY", M),
        ("so says quilla-vantry.", f"so says {M}."),
        ("@quilla_vantry and #QuillaVantry", f"{M} and {M}"),
        ("quilla.vantry@corp.example", f"{M}@corp.example"),
        ("Quilla Vantry's post, Quilla Vantry’s post", f"{M}'s post, {M}’s post"),
        ("Quílla Vàntry", M),
        ("Qui\u0301lla Vantry", M),
        ("zeborun zeborun zeborun zeborun", f"{M} {M} {M} {M}"),
        ("cc @zeborun: see https://x.example/zeborun/status/1", f"cc {M}: see https://x.example/{M}/status/1"),
        ("#ZEBORUN_2", f"{M}_2"),
        ("branno luck, BRÅNNO-LÜCK, Brannoluck", f"{M}, {M}, {M}"),
        ("lomza łomza ŁOMZA", f"{M} {M} {M}"),
        ("昨日伊真紀が", f"昨日{M}が"),
        ("https://a.example/?q=Quilla+Vantry&r=quilla%20vantry", f"https://a.example/?q={M}&r={M}"),
        ("line\nQuilla\nVantry\n", f"line\n{M}\n"),
        (f"{M} Quilla Vantry", f"{M} {M}"),
    ],
)
def test_every_way_to_write_a_term_is_masked(text: str, masked: str) -> None:
    assert Masker(TERMS).text(text) == masked
    assert Masker(TERMS).text(masked) == masked


@pytest.mark.parametrize(
    "text",
    ["Quilla", "Vantry Quilla", "quillavantrys", "zeboruns", "azeborun", "zeborun7", "éclair", "Quilla and Vantry", ""],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert Masker(TERMS).text(text) == text


def test_the_longer_term_goes_first() -> None:
    assert Masker(["Quilla", "Quilla Vantry"]).text("Quilla Vantry, Quilla") == f"{M}, {M}"


def test_only_positions_that_change_are_told() -> None:
    assert Masker(["zeborun"]).changed(["a", None, "zeborun", "\ud800 zeborun"]) == {2: M, 3: f"? {M}"}


def test_names_that_were_different_stay_different() -> None:
    names = ["zeborun", "Quilla Vantry", "other", f"{M} (2)"]
    assert Masker(TERMS).names(names) == {"Quilla Vantry": M, "zeborun": f"{M} (3)"}


def test_addresses_stay_addresses_and_apart() -> None:
    urls = ["https://a.example/zeborun", "https://a.example/Quilla-Vantry", "https://zeborun.example/"]
    assert Masker(TERMS).names(urls, addresses=True) == {
        "https://a.example/Quilla-Vantry": "https://a.example/name-withheld",
        "https://a.example/zeborun": "https://a.example/name-withheld-2",
        "https://zeborun.example/": "https://name-withheld.example/",
    }


def test_nested_values_are_masked_but_for_identities() -> None:
    value = {"code": "zeborun", "tags": ["zeborun", 3], "in": {"text": "by zeborun", "n": None}}
    assert Masker(["zeborun"]).nested(value) == {
        "code": "zeborun",
        "tags": [M, 3],
        "in": {"text": f"by {M}", "n": None},
    }


@pytest.mark.parametrize("term", ["", "@", "x", "-- ", "name", "Withheld", "name withheld", "a" * 201])
def test_what_cannot_be_protected_is_refused_without_repeating_it(term: str) -> None:
    with pytest.raises(TermError) as refusal:
        usable(term)
    if len(term) > 2 and "withheld" not in term.lower() and term != "name":
        assert term not in str(refusal.value)


def test_a_term_is_kept_without_its_mark() -> None:
    assert usable("  @zeborun ") == "zeborun"


def test_no_terms_cost_nothing() -> None:
    masker = Masker([])
    assert not masker
    assert masker.changed(["zeborun"]) == {}


def test_many_texts_take_little_time() -> None:
    draw = random.Random(1)
    letters = "aeioulnrst"
    terms = [f"{''.join(draw.choices(letters, k=6))} {''.join(draw.choices(letters, k=8))}" for _ in range(60)]
    words = [" ".join(draw.choices(["people", "café", "said", "customers"], k=20)) for _ in range(50)]
    texts = [draw.choice(words) + (f" {draw.choice(terms)}’s" if draw.random() < 0.1 else "") for _ in range(100_000)]
    began = time.perf_counter()
    changed = Masker(terms).changed(texts)
    took = time.perf_counter() - began
    assert len(changed) == sum("’" in text for text in texts)
    assert took < 3  # about 0.3 s where nothing else runs; a pattern that outgrows its automaton takes 10
