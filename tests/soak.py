"""How much more ``make soak`` tries than ``make test``."""

from __future__ import annotations

import hypothesis

#: 1 in ``make test``, 20 in ``make soak``.
TIMES = hypothesis.settings.default.max_examples // 100
