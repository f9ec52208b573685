"""Each page's server run, warm (everything cached) and cold (nothing is), against the same page drawn from canned frames.

A run is that of `app.py` in Streamlit's own test runner, without a browser. Canned means that every loader of the page
gives back what it gave before, without a question to the database or a cache.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NamedTuple

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks import browsing
from benchmarks.company import fill
from benchmarks.database import databases
from data.config import ROOT

_LOADERS = "pages.components.loaders"


#: What a page is held to: times of the canned page warm and cold, of few posts, of a static page; kilobytes.
_WARM, _COLD, _GROWN, _BROWSER, _SENT = 1.5, 3.0, 1.3, 1.5, 1000.0
_CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


class Taken(NamedTuple):
    """One page: medians in seconds, and the kilobytes that it sends to the browser."""

    canned: float
    warm: float
    cold: float
    kilobytes: float


class Asked(NamedTuple):
    """What is measured: so many posts (and once more `against` so few; 0: not), crises, survey responses and runs;
    `clock`: "wall", or "cpu" for what this process computes, on a machine that does other things as well.
    """

    posts: int
    against: int
    crises: int
    responses: int
    runs: int
    clock: str = "wall"
    browser: bool = False


def measure(kind: str, asked: Asked) -> tuple[str, bool]:
    """A line a page, then what is beyond its limit, and whether nothing is; on "sqlite" or "postgresql"."""
    with databases(kind) as new:
        sizes = [size for size in (asked.against, asked.posts) if size]
        taken = {size: _measured(new(f"posts_{size}"), size, asked) for size in sizes}
        database = os.environ["AFTERMATH_DATABASE_URL"]
        pages = [(name, *address) for name, address in _addresses(asked.crises).items()] if asked.browser else []
        seen = dict(browsing.opened(database, pages, asked.runs)) if pages else {}
    size = f"{asked.posts:,} posts, {asked.crises:,} crises, {asked.responses:,} responses on {kind}"
    told = [f"{size}; medians of {asked.runs} runs on the server, {asked.clock} time"]
    told += [_line(name, one) for name, one in taken[asked.posts].items()]
    told += [
        f"{name:28} {one.charts} charts in the browser after {one.page:.2f} s, static {one.static:.2f} s"
        for name, one in seen.items()
    ]
    beyond = [*_beyond(taken[asked.posts], taken.get(asked.against)), *_slow(seen)]
    return "\n".join([*told, *(beyond or ["every page is within its limits"])]), not beyond


def _beyond(pages: Mapping[str, Taken], few: Mapping[str, Taken] | None) -> Iterator[str]:
    for name, one in pages.items():
        grown = one.cold / few[name].cold if few else 0.0
        for what, value, limit in (
            ("warm", one.warm / one.canned, _WARM),
            ("cold", one.cold / one.canned, _COLD),
            ("against few posts", grown, _GROWN),
        ):
            if value > limit:
                yield f"{name}: {what} {value:.2f} times, more than {limit:g}"
        if one.kilobytes > _SENT:
            yield f"{name}: sends {one.kilobytes:,.0f} kB, more than {_SENT:,.0f}"


def _slow(seen: Mapping[str, browsing.Opened]) -> Iterator[str]:
    for name, one in seen.items():
        if one.page > _BROWSER * one.static:
            yield f"{name}: {one.page / one.static:.2f} times the static page in the browser, more than {_BROWSER:g}"


def _line(name: str, one: Taken) -> str:
    return (
        f"{name:28} canned {one.canned * 1e3:5.0f} ms, warm {one.warm * 1e3:5.0f} ms ({one.warm / one.canned:.2f} times), "
        f"cold {one.cold * 1e3:6.0f} ms ({one.cold / one.canned:.1f} times), sends {one.kilobytes:,.0f} kB"
    )


def _measured(database: str, posts: int, asked: Asked) -> dict[str, Taken]:
    fill(database, posts, asked.crises, asked.responses)
    clock = _CLOCKS[asked.clock]
    return {name: _page(asked.runs, *address, clock=clock) for name, address in _addresses(asked.crises).items()}


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


def _page(runs: int, path: str, asked: Mapping[str, str], clock: Callable[[], float] = time.perf_counter) -> Taken:
    """The three kinds of run take turns, so that what else the machine does meets all of them."""
    with _recording() as told:
        page = _run(path, asked)[1]
    taken: dict[str, list[float]] = {"canned": [], "warm": [], "cold": []}
    for _ in range(runs):
        with _canned(told):
            taken["canned"].append(_run(path, asked, clock)[0])
        _forget()
        taken["cold"].append(_run(path, asked, clock)[0])
        taken["warm"].append(_run(path, asked, clock)[0])
    return Taken(**{kind: statistics.median(all_) for kind, all_ in taken.items()}, kilobytes=_sent(page) / 1024)


def _forget() -> None:
    """Leave a process as one that just started: with an open database and nothing kept."""
    from pages.components.loaders import ready  # reads Streamlit's configuration

    st.cache_data.clear()
    st.cache_resource.clear()
    ready()


def _run(path: str, asked: Mapping[str, str], clock: Callable[[], float] = time.perf_counter) -> tuple[float, AppTest]:
    """Open a page in a new session, and how long the server took."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
    page.query_params.update(asked)
    page._page_hash = calc_hash(path)  # noqa: SLF001 - there is no other way to begin with a page that is not the first
    began = clock()
    page.run()
    taken = clock() - began
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
    """Every function that a page may ask for data, also of modules that no page asked for yet."""
    for found in iter_modules(import_module(_LOADERS).__path__):
        import_module(f"{_LOADERS}.{found.name}")
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
