"""Loss lists, shares, the calendar, the sun, layers and contradictions; and what holds for every check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from checking_ground import PROFILE, day, drawn, losses, river

from oskil.checking import Case, checks, joining, run, sun
from oskil.checking.calendar import Calendar
from oskil.checking.contradiction import Contradicting
from oskil.checking.crossing import Crossing
from oskil.checking.data import Data, prepare
from oskil.checking.daylight import Daylight
from oskil.checking.losses import Losses
from oskil.checking.making import verdict
from oskil.checking.others import Others
from oskil.checking.shares import Shares
from oskil.errors import ProfileError
from oskil.records import Period, Quantity, Verdict

Make = Callable[..., Case]
MakeQuantity = Callable[..., Quantity]


def only(case: Case, check: object) -> Verdict:
    verdicts = list(check.verdicts(case))  # type: ignore[attr-defined]
    assert len(verdicts) == 1
    return verdicts[0]


# ---- losses


def lost(
    make_case: Make, quantity: MakeQuantity, data: Data, value: float, on: int, **fields: object
) -> Verdict:
    text = f"Beelandic forces sustained {value:g} equipment losses."
    stated = quantity(text, f"{value:g}", value, "item")
    fields = {"kind": "losses", "quantities": (stated,), "time": Period(day(on), day(on)), **fields}
    return only(make_case(text, data=data, published=str(day(9)), **fields), Losses())


@pytest.fixture
def listed() -> Data:
    return prepare(losses=[losses({2: 10, 3: 40, 6: 7, 9: 1}, removed=(3,))], profile=PROFILE)


def test_as_many_entries_as_stated(make_case: Make, quantity: MakeQuantity, listed: Data) -> None:
    verdict = lost(make_case, quantity, listed, 39, 3)
    assert (verdict.outcome, verdict.value) == ("agrees", 39.0)
    assert "10 of 2 June 2030, none of 4 June 2030" in verdict.found


def test_a_withdrawn_entry_was_known_then(make_case: Make, quantity: MakeQuantity, listed: Data) -> None:
    then = replace(listed, known_on=day(3))
    assert lost(make_case, quantity, then, 40, 3).value == 40.0


def test_a_list_of_what_was_seen_is_a_lower_bound(
    make_case: Make, quantity: MakeQuantity, listed: Data
) -> None:
    assert lost(make_case, quantity, listed, 90, 3).outcome == "cannot be checked"
    assert lost(make_case, quantity, listed, 5, 3).outcome == "differs"
    own = lost(make_case, quantity, listed, 90, 3, speaker="Counters")
    assert own.outcome == "differs" and "fewer" in own.reason


def test_a_day_without_entries_is_a_gap_and_no_difference(
    make_case: Make, quantity: MakeQuantity, listed: Data
) -> None:
    verdict = lost(make_case, quantity, listed, 12, 5)
    assert (verdict.outcome, verdict.value) == ("cannot be checked", 0.0)
    assert (
        "nothing was entered on 5 June 2030" in verdict.reason
        and "7 from 4 June to 6 June 2030" in verdict.reason
    )
    assert verdict.working is not None and "4 June 2030: no entries." in verdict.working.steps


def test_a_day_beyond_the_list(make_case: Make, quantity: MakeQuantity, listed: Data) -> None:
    assert "covers 2 June 2030 to 9 June 2030" in lost(make_case, quantity, listed, 12, 20).reason
    none = prepare(profile=PROFILE)
    assert "a list of losses" in lost(make_case, quantity, none, 12, 3).reason


def test_an_entry_removed_before_it_was_listed_never_stood(make_case: Make, quantity: MakeQuantity) -> None:
    wrong = losses({3: 2})
    entries = tuple(replace(e, removed=day(1)) for e in wrong.entries)
    data = prepare(losses=[replace(wrong, entries=entries)], profile=PROFILE)
    assert lost(make_case, quantity, data, 2, 3).value == 0.0


def test_losses_of_people_need_a_list_of_people(
    make_case: Make, quantity: MakeQuantity, listed: Data
) -> None:
    text = "Beeland suffered 300 casualties."
    stated = quantity(text, "300 casualties", 300, "people")
    verdict = only(make_case(text, data=listed, kind="losses", quantities=(stated,)), Losses())
    assert verdict.outcome == "cannot be checked" and "one of people" in verdict.reason


# ---- shares and sums


def shared(
    make_case: Make, quantity: MakeQuantity, text: str, *figures: tuple[str, float, str]
) -> list[Verdict]:
    case = make_case(text, quantities=tuple(quantity(text, *figure) for figure in figures))
    others = Others([(case.claim, case.document)])
    return list(Shares().verdicts(replace(case, data=replace(case.data, others=others))))


LAUNCHED = (("420 drones", 420, "item"), ("39 missiles", 39, "item"))


def test_a_share_and_a_part_of_what_was_launched(make_case: Make, quantity: MakeQuantity) -> None:
    text = (
        "They launched 420 drones and 39 missiles. We neutralised 90 percent of the drones and 30 missiles."
    )
    share, part = shared(
        make_case, quantity, text, *LAUNCHED, ("90 percent", 90, "percent"), ("30 missiles", 30, "item")
    )
    assert (share.outcome, share.value, share.found) == ("agrees", 378.0, "378 of 420 is 90.0 percent")
    assert (part.outcome, part.found) == ("agrees", "30 of 39 is 77%")


def test_all_but_some(make_case: Make, quantity: MakeQuantity) -> None:
    text = "They launched 420 drones and 39 missiles. We downed all but 26 drones and 31 missiles."
    found = shared(
        make_case, quantity, text, *LAUNCHED, ("26 drones", 26, "item"), ("31 missiles", 31, "item")
    )
    assert [v.found for v in found] == [
        "26 of 420 is 6%, which leaves 394, 94%",
        "31 of 39 is 79%, which leaves 8, 21%",
    ]


def test_a_part_greater_than_its_whole(make_case: Make, quantity: MakeQuantity) -> None:
    text = "They launched 420 drones and 39 missiles. We downed 45 missiles."
    (verdict,) = shared(make_case, quantity, text, *LAUNCHED, ("45 missiles", 45, "item"))
    assert verdict.outcome == "differs" and verdict.reason == "the part is more than the whole"


def test_a_share_of_few_that_no_number_gives(make_case: Make, quantity: MakeQuantity) -> None:
    text = "They launched 3 drones. We downed 51 percent of the drones."
    (verdict,) = shared(make_case, quantity, text, ("3 drones", 3, "item"), ("51 percent", 51, "percent"))
    assert verdict.outcome == "cannot be checked" and "no whole number" in verdict.reason


def test_a_whole_of_nothing_divides_by_nothing(make_case: Make, quantity: MakeQuantity) -> None:
    text = "They launched 0 drones. We downed 50 percent of the drones, including 3 drones."
    figures = (("0 drones", 0, "item"), ("50 percent", 50, "percent"), ("3 drones", 3, "item"))
    assert [v.outcome for v in shared(make_case, quantity, text, *figures)] == [
        "cannot be checked",
        "differs",
    ]


@pytest.mark.parametrize(("second", "outcome"), [(39, "agrees"), (60, "cannot be checked")])
def test_two_shares_side_by_side(make_case: Make, quantity: MakeQuantity, second: int, outcome: str) -> None:
    text = f"54 percent rejected it, with only {second} percent accepting."
    figures = (("54 percent", 54, "percent"), (f"{second} percent", second, "percent"))
    (verdict,) = shared(make_case, quantity, text, *figures)
    assert verdict.outcome == outcome and verdict.value == 54 + second


# ---- the calendar and the sun


def dated(make_case: Make, text: str, published: str = "2030-06-07", **fields: object) -> list[Verdict]:
    return list(
        Calendar().verdicts(make_case(text, data=prepare(profile=PROFILE), published=published, **fields))
    )


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("It fell on Friday, 7 June 2030.", "agrees"),
        ("It fell on Friday, June 7.", "agrees"),
        ("It fell on 7 June (Friday).", "agrees"),
        ("It fell on Thursday, June 7th, 2030.", "differs"),
        ("It fell on Sat 8 June.", "agrees"),
    ],
)
def test_a_weekday_with_its_date(make_case: Make, text: str, outcome: str) -> None:
    (found,) = dated(make_case, text)
    assert found.outcome == outcome


def test_a_date_that_there_is_not(make_case: Make) -> None:
    (found,) = dated(make_case, "It fell on Friday, 31 June 2030.")
    assert found.outcome == "cannot be checked"


@pytest.mark.parametrize(
    ("text", "published", "outcome"),
    [
        ("On Tuesday, the first anniversary of the war, it rained.", "2031-01-03", "differs"),
        ("On Wednesday, the first anniversary of the war, it rained.", "2031-01-03", "agrees"),
        ("This is day 1: 365 days since the war began.", "2031-01-01", "agrees"),
        ("They are the 400 days of war.", "2031-01-01", "differs"),
        ("The four-year war goes on.", "2034-03-01", "agrees"),
        ("The nine-year war goes on.", "2034-03-01", "differs"),
    ],
)
def test_since_the_war_began(make_case: Make, text: str, published: str, outcome: str) -> None:
    assert [v.outcome for v in dated(make_case, text, published)] == [outcome]


def test_the_suns_height_against_known_moments() -> None:
    # Solstice at noon on the tropic; equinox at the pole; London's sunset of 21 June 2022, 20:22 UTC+0.
    assert sun.height(23.44, 0.0, dt.datetime(2022, 6, 21, 12, 2, tzinfo=dt.UTC)) == pytest.approx(
        90, abs=0.2
    )
    assert sun.height(90.0, 0.0, dt.datetime(2022, 3, 20, 15, 33, tzinfo=dt.UTC)) == pytest.approx(
        0, abs=0.05
    )
    set_ = sun.crossing(51.5, -0.12, dt.date(2022, 6, 21), ZoneInfo("UTC"), sun.SET, rising=False)
    assert set_ is not None and abs(set_ - dt.datetime(2022, 6, 21, 20, 21, tzinfo=dt.UTC)) < dt.timedelta(
        minutes=3
    )
    assert sun.crossing(80.0, 0.0, dt.date(2022, 6, 21), ZoneInfo("UTC"), sun.SET, rising=True) is None


def lit(make_case: Make, text: str, published: str = "2030-06-07", **fields: object) -> Verdict:
    fields = {"places": (1,), "time": Period(day(7), day(7)), **fields}
    return only(make_case(text, data=prepare(profile=PROFILE), published=published, **fields), Daylight())


def test_night_by_the_sun(make_case: Make) -> None:
    verdict = lit(make_case, "On Friday night they held Arnsby.")
    assert verdict.outcome == "agrees" and "set at 17:" in verdict.found  # 37 E in a zone of Greenwich
    assert lit(make_case, "On Monday night they held Arnsby.").outcome == "differs"


def test_a_night_after_the_texts_own_clock(make_case: Make) -> None:
    verdict = lit(make_case, "On Friday night they held Arnsby.", published="2030-06-07T09:00:00+00:00")
    assert verdict.outcome == "differs" and "before that night" in verdict.reason


def test_a_picture_needs_its_shadows(make_case: Make) -> None:
    verdict = lit(make_case, "A photo posted late Friday shows Arnsby.", evidence="photo")
    assert verdict.outcome == "cannot be checked" and "shadows" in verdict.reason


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("They came to Arnsby at 11 p.m. in the dark.", "agrees"),
        ("They came to Arnsby at 10:30 in broad daylight.", "agrees"),
        ("They came to Arnsby at 11 pm in broad daylight.", "differs"),
        ("They came to Arnsby at 12:00 in darkness.", "differs"),
    ],
)
def test_clock_and_light(make_case: Make, text: str, outcome: str) -> None:
    assert lit(make_case, text).outcome == outcome


# ---- layers and contradictions


@pytest.mark.parametrize(("lon", "outcome"), [(37.0, "agrees"), (37.1, "agrees"), (38.0, "differs")])
def test_a_town_on_a_river(make_case: Make, lon: float, outcome: str) -> None:
    data = prepare(layers=[river("Alder", (lon, 48.0), (lon, 50.0))], profile=PROFILE)
    verdict = only(make_case("Arnsby straddles the Alder River.", data=data, places=(1,)), Crossing())
    assert verdict.outcome == outcome
    # A million people fill a disc of 14.6 km; a degree of longitude at 49 N is 73.2 km.
    assert verdict.value == pytest.approx(abs(lon - 37.0) * 73.2, abs=0.1)


def test_a_river_that_no_layer_has(make_case: Make) -> None:
    verdict = only(make_case("Arnsby lies on the Birch River.", places=(1,)), Crossing())
    assert verdict.outcome == "cannot be checked" and "a layer of such features" in verdict.reason


def test_a_name_that_is_no_line_is_none(make_case: Make) -> None:
    assert not list(Crossing().verdicts(make_case("Arnsby stands on the Verge of Change.", places=(1,))))


def test_two_holders_and_two_figures(make_case: Make, quantity: MakeQuantity) -> None:
    text = (
        "We gained 300 square kilometers, he said; she said 400 square kilometers, and Arnsby fell. It "
        "did not."
    )
    base = make_case(text, published="2030-06-07", side="A", kind="area", holder="A", speaker="He")
    one = replace(base.claim, quantities=(quantity(text, "300 square kilometers", 300, "km2"),))
    two = replace(
        base.claim, id="c2", speaker="She", quantities=(quantity(text, "400 square kilometers", 400, "km2"),)
    )
    held = replace(base.claim, id="c3", kind="control", places=(1,), time=Period(day(7), day(7)))
    lost_ = replace(held, id="c4", holder="B", speaker="They", side="B")
    others = Others([(c, base.document) for c in (one, two, held, lost_)])

    def of(claim: object) -> Verdict:
        return only(replace(base, claim=claim, data=replace(base.data, others=others)), Contradicting())

    assert (of(one).outcome, of(one).value) == ("differs", 400.0)
    assert of(held).outcome == "contradicted" and "which of the two holds" in of(held).reason


# ---- what holds for every check


class Rainy:
    """A user's check, as an entry point would offer it."""

    name = "rain"
    description = "Whether it rained."
    method = "A glance out of the window."

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        yield verdict(
            self,
            case,
            "agrees",
            stated="rain",
            found="rain",
            reason="it rained",
            data=(),
            at=None,
            tolerance="",
        )


def test_a_check_of_the_users_own_runs_with_the_others(
    make_case: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Point:
        def load(self) -> type[Rainy]:
            return Rainy

    def points(group: str) -> list[Point]:
        return [Point()] if group == "oskil.checks" else []

    monkeypatch.setattr(joining, "entry_points", points)
    assert checks()[-1].name == "rain"
    assert [v.check for v in run([make_case("It rained.")])] == ["rain"]


def test_checks_have_names_of_their_own_and_say_how_they_go_about_it() -> None:
    names = [check.name for check in checks()]
    assert len(set(names)) == len(names) == 19
    assert all(check.description.endswith(".") and check.method.endswith(".") for check in checks())


def test_the_words_never_call_anybody_a_liar() -> None:
    folder = Path(joining.__file__).parent
    forbidden = (
        "liar",
        "lied",
        "lying about",
        "false",
        "fake",
        "propagand",
        "deceiv",
        "dishonest",
        "mislead",
    )
    for path in [*folder.glob("*.py"), folder / "tolerances.yaml"]:
        strings = [line for line in path.read_text("utf-8").casefold().splitlines() if '"' in line]
        for line in strings:
            assert not [word for word in forbidden if word in line], f"{path.name}: {line}"


def test_a_profile_of_the_wrong_sort_is_refused() -> None:
    from oskil.checking.tolerances import build

    with pytest.raises(ProfileError, match="gives no reason"):
        build({"numbers": {"x": {"value": 1, "why": " "}}, "hedges": {}, "pint_units": {}})


def test_a_map_of_the_wrong_kind_of_data_is_no_series() -> None:
    assert prepare([drawn(3)], profile=PROFILE).series == ()
