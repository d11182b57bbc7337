from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.places import format as layout
from oskil.places import index
from oskil.places.compile import compile_index
from oskil.places.index import CompiledGazetteer
from oskil.places.merged import MergedGazetteer
from oskil.places.seeking import seek

_NUMBERS = st.integers(-(2**63), 2**63 - 1)


@given(
    st.one_of(
        st.sets(_NUMBERS, min_size=1, max_size=40),
        st.builds(lambda step, count: {step * n for n in range(count)}, st.integers(1, 9), st.just(4000)),
        st.builds(lambda n: {*range(3000), *(2**40 + x * x for x in range(n))}, st.integers(1, 3000)),
    ),
    st.data(),
)
def test_a_number_is_found_where_it_stands(numbers: set[int], data: st.DataObject) -> None:
    ordered = sorted(numbers)
    raw = np.array(ordered, "<i8").tobytes()
    for one in (data.draw(_NUMBERS), data.draw(st.integers(-9, 9000)), data.draw(st.sampled_from(ordered))):
        found = seek(lambda at, length: raw[at : at + length], len(ordered), one)
        assert 0 <= found < len(ordered)
        if one in numbers:
            assert found == bisect_left(ordered, one)


@pytest.mark.parametrize("most", [0, 1, 1_000_000])
def test_a_large_file_answers_as_a_small_one(
    small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    compile_index(tmp_path / "small.oskil", small_data)
    mapped = CompiledGazetteer(tmp_path / "small.oskil")
    monkeypatch.setattr(layout, "PROVEN", 0)
    monkeypatch.setattr(index, "_READ", most)
    large = CompiledGazetteer(tmp_path / "small.oskil")
    both = MergedGazetteer([large, CompiledGazetteer(tmp_path / "small.oskil", "again")])
    for name in ("Fairtown", "OHara on Sea", "nowhere at all"):
        assert large.search(name) == mapped.search(name) == both.search(name)
    assert [large.get(n) for n in range(6)] == [mapped.get(n) for n in range(6)]
    assert large.places(range(-3, 6)) == mapped.places(range(-3, 6)) != {}
    assert large.names(1) == mapped.names(1)
