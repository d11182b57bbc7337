"""For all tests: nothing that whoever runs them has added to their own gazetteers and layers."""

from __future__ import annotations

import os
import tempfile

# Set at import, before any fixture opens a gazetteer; nothing is ever made in it.
os.environ["OSKIL_DATA"] = os.path.join(tempfile.gettempdir(), "oskil-tests-without-data")  # noqa: PTH118
