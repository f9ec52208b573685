"""The topic of posts whose export names none: that of the first rule, by name, which their text fits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from data.masking import Masker
from data.term_rules import TermRule
from data.whole_words import column, holding, whole
from importers.check import Checked


def name_topics(sheets: list[Checked], rules: Mapping[str, TermRule], masker: Masker) -> None:
    """Name the topics of a file's posts. Rules see the texts as they are stored, so their own terms are masked too."""
    if not rules:
        return
    names = masker.names(rules)
    seen = {names.get(name, name): _masked(rule, masker) for name, rule in rules.items()}
    for checked in sheets:
        if checked.match.layout.record == "posts" and "text" in checked.rows:
            checked.rows = checked.rows.assign(topic=_topics(checked.rows, seen))


def _topics(rows: pd.DataFrame, rules: Mapping[str, TermRule]) -> pd.Series:
    said = rows["topic"].to_numpy(dtype=object) if "topic" in rows else np.full(len(rows), None, dtype=object)
    nameless = pd.isna(said) | (said == "")
    named = said.copy()
    named[nameless] = None
    waiting = np.flatnonzero(nameless)
    texts = column([text if isinstance(text, str) else None for text in rows["text"].to_numpy()[waiting]])
    for name, rule in rules.items():
        fits = _fits(texts, rule)
        if fits.any():
            named[waiting[fits]] = name
            waiting, texts = waiting[~fits], texts.filter(pa.array(~fits))
    return pd.Series(named, index=rows.index, dtype=object)


def _fits(texts: pa.Array, rule: TermRule) -> np.ndarray:
    """Which texts hold a term of the rule and none that it excludes."""
    fitting = holding(texts, whole(rule.included))
    if rule.excluded and fitting.any():
        candidates = np.flatnonzero(fitting)
        fitting[candidates] = ~holding(texts.take(pa.array(candidates)), whole(rule.excluded))
    return fitting


def _masked(rule: TermRule, masker: Masker) -> TermRule:
    return TermRule(tuple(masker.texts(rule.included)), tuple(masker.texts(rule.excluded)))
