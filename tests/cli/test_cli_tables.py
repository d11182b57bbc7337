"""Listings: what is safe to show, and what programs read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.cli.options import Format
from oskil.cli.tables import UNSAFE, Column, Listing, csv_cell, safe, write

Row = Mapping[str, Any]
LISTING: Listing[Row] = Listing(
    columns=(Column("NAME", lambda r: str(r["name"]), 10), Column("TEXT", lambda r: str(r["text"]))),
    fields=("name", "text", "numbers"),
    record=lambda r: r,
    empty="Nothing here.",
)


def row(name: str = "a", text: str = "b", numbers: object = ()) -> Row:
    return {"name": name, "text": text, "numbers": numbers}


def test_a_table_fits_eighty_columns_and_has_no_escape_codes(capsys: pytest.CaptureFixture[str]) -> None:
    write(LISTING, [row("long " * 9, "word " * 60), row("x" * 40, "y" * 300)], Format.table)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert all(line == line.rstrip() for line in out.splitlines())
    assert out.replace("\n", "").count("y") == 300


def test_markup_of_the_renderer_is_shown_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    write(LISTING, [row("[UA]", "a [bold]word[/bold] :smile:")], Format.table)
    assert "a [bold]word[/bold] :smile:" in capsys.readouterr().out


def test_an_empty_table_says_so_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    write(LISTING, [], Format.table)
    said = capsys.readouterr()
    assert said.out == "" and said.err == "Nothing here.\n"


@pytest.mark.parametrize(
    ("form", "expected"), [(Format.json, "[]\n"), (Format.jsonl, ""), (Format.csv, "name,text,numbers\n")]
)
def test_nothing_is_still_well_formed_for_programs(
    form: Format, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(LISTING, [], form)
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize(
    "nasty", ["\x1b[2Jgone", "a\rb", "\x9b31m", "\u202etxt.exe", "\u2066x\u2069", "bell\x07"]
)
def test_text_cannot_steer_the_terminal(nasty: str, capsys: pytest.CaptureFixture[str]) -> None:
    for form in Format:
        write(LISTING, [row(text=nasty)], form)
        assert not UNSAFE.search(capsys.readouterr().out)


@given(st.text())
def test_json_lines_give_back_what_was_written(text: str) -> None:
    import contextlib

    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        write(LISTING, [row(text=text, numbers=[1.5, None])], Format.jsonl)
    assert json.loads(stream.getvalue()) == {"name": "a", "text": text, "numbers": [1.5, None]}
    assert stream.getvalue().count("\n") == 1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_csv_cell_is_a_formula_and_none_is_lost(text: str) -> None:
    cell = csv_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (safe(text), f"'{safe(text)}")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-4.5, "-4.5"),
        (["a", "b"], "a; b"),
        (["=a", "b"], "'=a; b"),
        ([{"v": 1}], '[{"v": 1}]'),
        ("=1+1", "'=1+1"),
    ],
)
def test_csv_cells(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


def test_csv_is_read_back_with_line_breaks_and_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    write(LISTING, [row(text='one\n"two", three', numbers=[1, 2])], Format.csv)
    heading, cells = csv.reader(io.StringIO(capsys.readouterr().out))
    assert heading == ["name", "text", "numbers"] and cells == ["a", 'one\n"two", three', "1; 2"]


@given(st.text())
def test_safe_text_keeps_its_length(text: str) -> None:
    assert len(safe(text)) == len(text)
