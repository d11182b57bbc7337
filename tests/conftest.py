"""For all tests: nothing that whoever runs them has added to their own gazetteers and layers."""

from __future__ import annotations

import os
import tempfile

from hypothesis import HealthCheck, settings

# Set at import, before any fixture opens a gazetteer; nothing is ever made in it.
os.environ["OSKIL_DATA"] = os.path.join(tempfile.gettempdir(), "oskil-tests-without-data")  # noqa: PTH118

# How long an example takes is for the benchmarks: a busy machine must fail no test.
settings.register_profile("oskil", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("oskil")
