"""The second step after an engagement import: giving a score to text that came without one.

Only English is scored. The language comes from the export, else it is recognised; text in another language stays
unscored and outside the denominator, and pages say how large its share is.

Each chunk is a transaction of its own, so a scorer that was killed goes on next time where it stopped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import nullcontext

from data.commands.scores import Scored, Waiting, store_scores, unscored, waiting
from data.engine import reading, writing
from importers.score_workers import Crew, cores
from importers.streams.engagement import polarity
from metrics.lexicon import Scorer, Vader, Verdict, judge

_CHUNK = 10_000
#: Texts that a worker is given at a time.
_BATCH = 500
#: From here on what worker processes save is more than they take to start.
_MANY = 10_000

Judged = Callable[[], list[Verdict]]


def score_unscored(
    scorer: Scorer | None = None, progress: Callable[[int, int], None] | None = None, processes: int | None = None
) -> int:
    """Score every waiting post and return how many got a score.

    Parameters
    ----------
    progress : function, optional
        Told after every chunk how many posts are done, and of how many.
    processes : int, optional
        How many worker processes judge the texts; 1 is this process alone. By default one a core where there are many
        thousands of texts. The scores do not depend on it.
    """
    scorer = scorer or Vader()
    with reading() as session:
        total = waiting(session)
    size = processes or (cores() if total >= _MANY else 1)
    done = scored = 0
    with Crew(scorer, size) if size > 1 else nullcontext() as crew:
        for chunk, verdicts in _judged(scorer, crew):
            found = [_scored(post, verdict) for post, verdict in zip(chunk, verdicts, strict=True)]
            with writing() as session:
                scored += store_scores(session, found)
            done += len(chunk)
            if progress:
                progress(done, max(done, total))
    return scored


def _judged(scorer: Scorer, crew: Crew | None) -> Iterator[tuple[list[Waiting], list[Verdict]]]:
    """Chunk by chunk with its verdicts; the workers have the next chunk while one is written."""
    if crew is None:
        for chunk in _chunks():
            yield chunk, judge(scorer, [(post.text, post.language) for post in chunk])
        return
    ahead: deque[tuple[list[Waiting], Judged]] = deque()
    for chunk in _chunks():
        ahead.append((chunk, _handed_out(crew, chunk)))
        if len(ahead) > 1:
            first, verdicts = ahead.popleft()
            yield first, verdicts()
    for last, verdicts in ahead:
        yield last, verdicts()


def _handed_out(crew: Crew, chunk: list[Waiting]) -> Judged:
    texts = [(post.text, post.language) for post in chunk]
    batches = [crew.judge(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
    return lambda: [verdict for batch in batches for verdict in batch.result()]


def _chunks() -> Iterator[list[Waiting]]:
    """The posts that wait, in order of key."""
    after = ""
    while True:
        with reading() as session:
            chunk = unscored(session, after, _CHUNK)
        if not chunk:
            return
        yield chunk
        after = chunk[-1].key


def _scored(post: Waiting, verdict: Verdict) -> Scored:
    language, score = verdict
    return Scored(post.key, language, score, None if score is None else polarity(score), post.text)
