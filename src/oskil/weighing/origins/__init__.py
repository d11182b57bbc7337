"""Origins: whose word a claim is in the end, through whom it came, and how many witnesses there are.

`stream.trace` follows relays and reused wording through any number of light records; `habits.learn` finds
who copies whom and how late, for copies that say nothing of their source.
"""

from oskil.weighing.origins.habits import Habits, learn
from oskil.weighing.origins.stream import Heard, Traced, trace

__all__ = ["Habits", "Heard", "Traced", "learn", "trace"]
