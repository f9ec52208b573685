"""Single posts behind the reaction to one crisis: by audience, by source, those that drew most, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.queries import posts
from data.queries.labels import Within
from data.queries.provenance import Sources
from metrics import themes
from metrics.findings import posts as say
from metrics.windows import Window, Windows
from metrics.windows import counted as counted_rows
from reports.sections.base import Measure, Section
from reports.sections.reaction import measured, rows_of
from reports.sections.scope import Scope

#: What the day-by-day reaction is counted from → what sentences call it.
_WHAT = {"mention": "mentions", "owned": "owned posts"}
_WORDS = ["term", "before", "during", "log_odds", "z"]
#: Posts shown of the kind that is counted, and of the company's own beside mentions.
_MENTIONS, _OWNED = 10, 5
#: Words shown, the clearest difference first.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Around:
    """The posts before and during a crisis, and the kind that its reaction is counted from."""

    windows: Windows
    kind: str

    @property
    def what(self) -> str:
        return _WHAT[self.kind]


def divided(scope: Scope, by: str) -> Section:
    """Single posts by "audience" or "source".

    Frames: `groups`, one row a group and kind that posts name: group, kind, before and during (posts), net_before,
    net_during, negative and lexicon (shares of what is scored during), unscored (share of the posts during), reactions
    (during).
    """
    around = _around(scope)
    if around is None:
        return Section(f"by_{by}", (_nothing(scope),), frames={"groups": pd.DataFrame(columns=_GROUPS)})
    w = around.windows
    before, during = (posts.counted(scope.session, _within(scope, one), by) for one in (w.before, w.during))
    mine = during[during["kind"] == around.kind]
    named = mine[mine["group"].notna()].set_index("group")["posts"]
    unnamed = float(mine.loc[mine["group"].isna(), "posts"].sum())
    finding = say.divided({str(k): float(v) for k, v in named.items()}, unnamed, by=by, what=around.what)
    groups = _groups(before, during)
    return Section(f"by_{by}", (finding,), frames={"groups": groups}, sources=_rows(scope, around))


_GROUPS = [
    "group", "kind", "before", "during", "net_before", "net_during", "negative", "lexicon", "unscored", "reactions",
]  # fmt: skip


_TONES = ("positive", "neutral", "negative")


def _groups(before: pd.DataFrame, during: pd.DataFrame) -> pd.DataFrame:
    both = before.merge(during, on=["group", "kind"], how="outer", suffixes=("_b", "_d"))
    both = both[both["group"].notna()]
    counts = [f"{name}_{end}" for name in ("posts", *_TONES, "lexicon", "unscored") for end in "bd"]
    both[counts] = both[counts].fillna(0)
    scored = {end: both[[f"{p}_{end}" for p in _TONES]].sum(axis=1) for end in "bd"}
    net = {
        end: (both[f"positive_{end}"] - both[f"negative_{end}"]) / scored[end].where(scored[end] > 0) for end in "bd"
    }
    during_scored = scored["d"].where(scored["d"] > 0)
    table = both[["group", "kind"]].assign(
        before=both["posts_b"],
        during=both["posts_d"],
        net_before=net["b"],
        net_during=net["d"],
        negative=both["negative_d"] / during_scored,
        lexicon=both["lexicon_d"] / during_scored,
        unscored=both["unscored_d"] / both["posts_d"].where(both["posts_d"] > 0),
        reactions=both["reactions_d"],
    )
    ordered = table.sort_values(["kind", "during", "before", "group"], ascending=[True, False, False, True])
    return ordered[_GROUPS].reset_index(drop=True)


def top_posts(scope: Scope, *, authors: bool) -> Section:
    """The posts during the crisis that drew most reactions. Frames: `posts`, as `data.queries.posts.top` with kind."""
    around = _around(scope)
    if around is None:
        return Section("top_posts", (_nothing(scope),), frames={"posts": pd.DataFrame()})
    within = _within(scope, around.windows.during)
    kinds = {around.kind: _MENTIONS} | ({"owned": _OWNED} if around.kind == "mention" else {})
    found = {kind: _top(scope, within, kind, most, authors=authors) for kind, most in kinds.items()}
    mine = found[around.kind]
    every = posts.counted(scope.session, within, "source")
    total = float(every.loc[every["kind"] == around.kind, "reactions"].sum())
    negative = int((mine["polarity"] == -1).sum())
    told = say.top(float(mine["reactions"].sum()), total, negative, len(mine), what=_WHAT[around.kind].rstrip("s"))
    finding = told or f"No single {around.what} during the crisis count likes, comments or shares."
    frame = pd.concat([one.assign(kind=kind) for kind, one in found.items()], ignore_index=True)
    return Section("top_posts", (finding,), frames={"posts": frame}, sources=_rows(scope, around))


def post_words(scope: Scope) -> Section:
    """The words that posts say more, or less, often than before. Frames: `words` (term, before and during: posts that say
    it, log_odds, z).
    """
    around = _around(scope)
    if around is None:
        return Section("post_words", (_nothing(scope),), frames={"words": pd.DataFrame(columns=_WORDS)})
    w = around.windows
    before, during = (_said(scope, one, around.kind) for one in (w.before, w.during))
    sources = _rows(scope, around)
    if before is None or during is None:
        why = say.no_words(before=before is not None, during=during is not None)
        return Section("post_words", (why,), frames={"words": pd.DataFrame(columns=_WORDS)}, sources=sources)
    found = themes.themes(before, during, of="posts", least=themes.POSTS)[:_SHOWN]
    rows = [(t.term, t.before or 0, t.since or 0, t.estimate.number, t.z) for t in found]
    measures = tuple(Measure("post_word_log_odds", t.estimate, {"term": t.term}, None, sources) for t in found)
    return Section(
        "post_words",
        (say.words(found, before, during, what=around.what),),
        measures,
        {"words": pd.DataFrame(rows, columns=_WORDS)},
        sources,
    )


def posts_saying(scope: Scope, word: str, *, authors: bool, most: int = 5) -> Mapping[str, pd.DataFrame]:
    """Before and during → the posts that say a word, those that drew most reactions first."""
    around = _around(scope)
    if around is None:
        return {}
    spans = {"during": around.windows.during, "before": around.windows.before}
    return {
        name: _top(scope, _within(scope, window), around.kind, most, authors=authors, word=word)
        for name, window in spans.items()
    }


def _around(scope: Scope) -> _Around | None:
    known = measured(scope)
    if known is None:
        return None
    found, daily = known
    return _Around(found.windows, "mention" if (counted_rows(daily)["kind"] == "mention").any() else "owned")


def _nothing(scope: Scope) -> str:
    why = "nobody recorded when the crisis began" if scope.day0 is None else "no posts or daily totals are imported"
    return f"Not measured: {why}."


def _within(scope: Scope, window: Window) -> Within:
    topics = tuple(scope.crisis["topics"] or ())
    return Within(scope.zone, window.first.date(), window.last.date(), scope.as_of, topics)


def _said(scope: Scope, window: Window, kind: str) -> themes.Said | None:
    return themes.of_posts(*posts.words(scope.session, _within(scope, window), kind))


def _top(scope: Scope, within: Within, kind: str, most: int, *, authors: bool, word: str | None = None) -> pd.DataFrame:
    viewer = scope.portfolio.viewer
    return posts.top(scope.session, viewer, within, kind, most=most, word=word, authors=authors)


def _rows(scope: Scope, around: _Around) -> Sources:
    w = around.windows
    return rows_of(scope, Window("shown", w.before.first, max(w.during.last, w.before.last), 0))
