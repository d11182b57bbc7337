"""Origins: whose word a claim is in the end, through whom it came, and how many witnesses there are.

    from oskil.weighing import origins, propositions

    met = propositions.group(claims, documents)
    for proposition in origins.traced(met, claims, documents):
        print(origins.summary(proposition))        # 10 outlets, 1 origin: Ukraine's General Staff

`trace` does the same for streams of light records, by relays and wording alone, and `learn` finds who
copies whom and how late, for copies that show nothing.
"""

from oskil.weighing.origins.counting import summary, traced
from oskil.weighing.origins.habits import Habits, learn
from oskil.weighing.origins.names import Names
from oskil.weighing.origins.stream import Heard, Traced, trace

__all__ = ["Habits", "Heard", "Names", "Traced", "learn", "summary", "trace", "traced"]
