"""Each page's server run, warm (everything cached) and cold (nothing is), against the same page drawn from canned frames.

A run is that of `app.py` in Streamlit's own test runner, without a browser. Canned means that every loader of the page
gives back what it gave before, without a question to the database or a cache.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.company import fill
from benchmarks.database import use
from data.config import ROOT

_LOADERS = "pages.components.loaders"


class Taken(NamedTuple):
    """One page: medians in seconds, and the kilobytes that it sends to the browser."""

    canned: float
    warm: float
    cold: float
    kilobytes: float


def measure(posts: int, crises: int, responses: int, runs: int, against: int = 0) -> str:
    """A line a page, then the worst of each ratio; with `against` also a database with so many posts."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = [against, posts] if against else [posts]
        taken = {size: _measured(Path(folder) / f"{size}.db", size, crises, responses, runs) for size in sizes}
    pages = taken[posts]
    told = [f"{posts:,} posts, {crises:,} crises, {responses:,} responses; medians of {runs} runs on the server"]
    told += [_line(name, one) for name, one in pages.items()]
    warm, cold = (max(pages, key=lambda name: ratio(pages[name])) for ratio in (_warm, _cold))
    told.append(f"at worst warm {_warm(pages[warm]):.2f} times ({warm}), cold {_cold(pages[cold]):.1f} times ({cold})")
    if against:
        grown = {name: one.cold / taken[against][name].cold for name, one in pages.items()}
        worst = max(grown, key=grown.__getitem__)
        told.append(f"against {against:,} posts, cold, at worst {grown[worst]:.2f} times ({worst})")
    return "\n".join(told)


def _warm(one: Taken) -> float:
    return one.warm / one.canned


def _cold(one: Taken) -> float:
    return one.cold / one.canned


def _line(name: str, one: Taken) -> str:
    return (
        f"{name:28} canned {one.canned * 1e3:5.0f} ms, warm {one.warm * 1e3:5.0f} ms ({_warm(one):.2f} times), cold "
        f"{one.cold * 1e3:6.0f} ms ({_cold(one):.1f} times), sends {one.kilobytes:,.0f} kB"
    )


def _measured(path: Path, posts: int, crises: int, responses: int, runs: int) -> dict[str, Taken]:
    fill(path, posts, crises, responses)
    use(path)
    return {name: _page(runs, *address) for name, address in _addresses(crises).items()}


def _addresses(crises: int) -> dict[str, tuple[str, dict[str, str]]]:
    """Every page of the menu, and every section of the review of the crisis in the middle."""
    from pages.components.menu import PAGES  # reads Streamlit's configuration
    from pages.components.review import SHOW

    found: dict[str, tuple[str, dict[str, str]]] = {}
    for entry in PAGES:
        sections = SHOW if entry.path == "crisis_review" else ("",)
        for section in sections:
            asked = {"crisis": f"c{crises // 2:04}", "section": section} if section else {}
            found[f"/{entry.path}" + (f" {section}" if section else "")] = entry.path, asked
    return found


def _page(runs: int, path: str, asked: Mapping[str, str]) -> Taken:
    """The three kinds of run take turns, so that what else the machine does meets all of them."""
    with _recording() as told:
        page = _run(path, asked)[1]
    taken: dict[str, list[float]] = {"canned": [], "warm": [], "cold": []}
    for _ in range(runs):
        with _canned(told):
            taken["canned"].append(_run(path, asked)[0])
        _forget()
        taken["cold"].append(_run(path, asked)[0])
        taken["warm"].append(_run(path, asked)[0])
    return Taken(**{kind: statistics.median(all_) for kind, all_ in taken.items()}, kilobytes=_sent(page) / 1024)


def _forget() -> None:
    """Leave a process as one that just started: with an open database and nothing kept."""
    from pages.components.loaders import ready  # reads Streamlit's configuration

    st.cache_data.clear()
    st.cache_resource.clear()
    ready()


def _run(path: str, asked: Mapping[str, str]) -> tuple[float, AppTest]:
    """Open a page in a new session, and how long the server took."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
    page.query_params.update(asked)
    page._page_hash = calc_hash(path)  # noqa: SLF001 - there is no other way to begin with a page that is not the first
    began = time.process_time()
    page.run()
    taken = time.process_time() - began
    if page.exception:
        raise RuntimeError(f"/{path} failed: {page.exception[0].message}")
    return taken, page


def _sent(page: AppTest) -> int:
    """Bytes of every element that the run sends."""
    return sum(
        node.proto.ByteSize()
        for block in (page.main, page.sidebar)
        for node in block
        if hasattr(node.proto, "ByteSize")
    )


def _loaders() -> Iterator[tuple[ModuleType, str, Callable[..., Any]]]:
    """Every function that a page may ask for data."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(_LOADERS) and module is not None:
            for attribute, one in vars(module).copy().items():
                own = getattr(one, "__module__", None) == name
                if own and callable(one) and not isinstance(one, type) and not attribute.startswith("_"):
                    yield module, attribute, one


@contextmanager
def _replaced(by: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    """Let every loader be what `by` makes of its name and itself."""
    known = list(_loaders())
    for module, name, one in known:
        setattr(module, name, by(f"{module.__name__}.{name}", one))
    try:
        yield
    finally:
        for module, name, one in known:
            setattr(module, name, one)


@contextmanager
def _recording() -> Iterator[dict[tuple[str, str], Any]]:
    """Note what the loaders answer, by their name and what they were asked."""
    told: dict[tuple[str, str], Any] = {}

    def noting(name: str, one: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*args: Any, **kwargs: Any) -> Any:
            told[name, repr((args, kwargs))] = found = one(*args, **kwargs)
            return found

        return answer

    with _replaced(noting):
        yield told


@contextmanager
def _canned(told: Mapping[tuple[str, str], Any]) -> Iterator[None]:
    """Let the loaders answer what they answered before."""

    def repeating(name: str, _one: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: told[name, repr((args, kwargs))]

    with _replaced(repeating):
        yield
