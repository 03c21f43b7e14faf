"""Who is named beside whom: the network of actors as a matrix, and its strongest ties."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from workbench.figures.theme import (
    FAINT,
    INK,
    OKABE_ITO,
    SIDE_COLOURS,
    WIDTH,
    Chart,
    nothing_to_draw,
    side_scale,
    titled,
)

CELL, ROW = 28, 20
GREYS = ("#f0f0f0", "#cccccc", "#969696", "#525252")
LIFTS = (1, 2, 4)
ONE = ("actor_id", "actor", "actor_type", "side")
OTHER = ("other_id", "other", "other_type", "other_side")
TOO_FEW = "Fewer than two actors are named."
NO_PAIR = "No two actors share a sentence in ten stories or more, so no interval can be given."
IN_MATRIX = (
    "Numbers: sentences that name both; on the diagonal, in the side's colour, that name the actor."
    " Shade: how many times as often as by chance. Bold: the 95% interval over stories leaves out 1"
    " (none under ten stories); sampling error only. * not on the list of actors."
)
OF_PAIRS = (
    "Bars: 95% intervals over stories, pairs in under ten left out; sampling error only."
    " At the right: sentences that name both (by chance). * not on the list of actors."
)
RATIO: dict[str, Any] = {
    "scale": alt.Scale(type="log", base=2, nice=False, padding=12),
    "axis": alt.Axis(values=[2.0**power for power in range(-6, 11)], format="~g"),
}
SHADE = alt.Color(
    "value:Q",
    title="times as often as by chance",
    scale=alt.Scale(type="threshold", domain=LIFTS, range=GREYS),
)
OF_A_CELL = [
    "row", "column", "numerator:Q", alt.Tooltip("expected:Q", format=".1f"),
    alt.Tooltip("value:Q", format=".2f"), "articles:Q", "clusters:Q",
]  # fmt: skip
TOLD = "format(datum.numerator, ',d') + ' (' + format(datum.expected, ',.1f') + ')'"


def draw_co_mentions(
    frame: pl.DataFrame,
    *,
    title: str = "Who shares sentences with whom",
    caption: str | None = None,
) -> Chart:
    """The network as a matrix, actors of one side together, the most named first.

    A matrix, since from about twenty nodes on it is read better than a drawing of nodes and links
    (Ghoniem, Fekete & Castagliola 2005, On the readability of graphs using node-link and
    matrix-based representations, Information Visualization 4:114-135), also in grey.

    Args:
        frame: as `measures.co_mentions` returns it, without periods or groups.
        title, caption: above the chart.
    """
    head = titled(title, caption, IN_MATRIX)
    if frame.is_empty():
        return nothing_to_draw(TOO_FEW, head)
    actors = _actors(frame)
    order = actors["row"].to_list()
    x, y = alt.X("column:N", **_labels(order, 150)), alt.Y("row:N", **_labels(order, 230))
    pairs = alt.Chart(_named(frame, actors).filter(pl.col("numerator") > 0))
    own = alt.Chart(actors)
    cells = pairs.mark_rect(stroke="white").encode(x=x, y=y, color=SHADE, tooltip=OF_A_CELL)
    colours = alt.Color("side:N", scale=side_scale(actors["side"].unique().to_list()))
    diagonal = own.mark_rect(stroke="white", opacity=0.5).encode(
        x=x, y=y, color=colours, tooltip=["row", "side", "numerator:Q"]
    )
    return (
        alt.layer(cells, diagonal, *_numbers(pairs, x, y), _number(own, x, y))
        .resolve_scale(color="independent")
        .properties(width=alt.Step(CELL), height=alt.Step(CELL - 6), title=head)
    )


def draw_pairs(
    frame: pl.DataFrame,
    *,
    title: str = "Pairs that share more, or fewer, sentences than by chance",
    caption: str | None = None,
) -> Chart:
    """Points with intervals on a scale of ratios, one row per pair, the strongest first.

    Args:
        frame: rows of `measures.co_mentions`, as many as are to be shown.
        title, caption: above the chart.
    """
    head = titled(title, caption, OF_PAIRS)
    known = frame.filter(pl.col("low").is_not_null())
    if known.is_empty():
        return nothing_to_draw(NO_PAIR, head)
    rows = _titled_pairs(known, _actors(frame))
    y = alt.Y("pair:N", title=None, sort=rows["pair"].to_list(), axis=alt.Axis(labelLimit=330))
    x = alt.X("value:Q", title="times as often in one sentence as by chance", **RATIO)
    colour = alt.Color("sides:N", title=None, scale=alt.Scale(range=list(OKABE_ITO[:2])))
    base = alt.Chart(rows)
    spans = base.mark_rule(strokeWidth=2).encode(y=y, x="low:Q", x2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        y=y, x=x, color=colour, shape=alt.Shape("sides:N", legend=None)
    )
    told = base.transform_calculate(told=TOLD).mark_text(align="right", fontSize=10, color=FAINT)
    numbers = told.encode(y=y, x=alt.value(WIDTH - 120), text="told:N")
    chance = base.mark_rule(color=FAINT).encode(x=alt.datum(1, type="quantitative"))
    return alt.layer(chance, spans, points, numbers).properties(
        width=WIDTH - 200, height=ROW * rows.height, title=head
    )


def _labels(order: list[str], limit: int) -> dict[str, Any]:
    axis = alt.Axis(grid=False, domain=False, ticks=False, labelLimit=limit)
    return {"title": None, "sort": order, "axis": axis, "scale": alt.Scale(domain=order)}


def _titled_pairs(known: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """The strongest pair first, with `pair` (both names) and whether they are of one side."""
    one_side = pl.col("side") == pl.col("other_side")
    sides = pl.when(one_side).then(pl.lit("of one side")).otherwise(pl.lit("of two sides"))
    pairs = _named(known, actors).with_columns(pair=pl.format("{} · {}", "one", "two"), sides=sides)
    return pairs.sort("value", "pair", descending=[True, False])


def _actors(frame: pl.DataFrame) -> pl.DataFrame:
    """The actors of the pairs, by side, the most named first.

    `actor_id`, `actor`, `actor_type`, `side`, `numerator`, `row` and `column` (the name; a star
    for one off the list, with the type where two bear one name), `place` (u32).
    """
    one = frame.select(*ONE, numerator="named")
    other = frame.select(*OTHER, numerator="other_named").rename(dict(zip(OTHER, ONE, strict=True)))
    actors = pl.concat([one, other]).unique().with_columns(rank=_rank_of_side())
    starred = pl.when(pl.col("actor_id").is_null()).then(pl.col("actor") + "*")
    name = starred.otherwise(pl.col("actor"))
    shared = pl.len().over("actor", pl.col("actor_id").is_null()) > 1
    typed = pl.when(shared).then(pl.format("{} ({})", name, "actor_type")).otherwise(name)
    ranked = actors.sort("rank", "numerator", "actor", descending=[False, True, False])
    return ranked.drop("rank").with_columns(row=typed, column=typed).with_row_index("place")


def _rank_of_side() -> pl.Expr:
    return pl.col("side").replace_strict({side: n for n, side in enumerate(SIDE_COLOURS)})


def _named(frame: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `row` and `column`: the names of the later and of the earlier in order."""
    one = actors.select(*ONE, one="row", one_place="place")
    other = actors.select(*ONE, two="row", two_place="place").rename(
        dict(zip(ONE, OTHER, strict=True))
    )
    pairs = frame.join(one, on=ONE, nulls_equal=True).join(other, on=OTHER, nulls_equal=True)
    later = pl.col("one_place") > pl.col("two_place")
    return pairs.with_columns(
        row=pl.when(later).then("one").otherwise("two"),
        column=pl.when(later).then("two").otherwise("one"),
    )


def _numbers(base: alt.Chart, x: alt.X, y: alt.Y) -> list[Any]:
    """The numbers in the cells: bold where the interval leaves out 1, white on dark."""
    bold = "isValid(datum.low) && (datum.low > 1 || datum.high < 1)"
    ink = alt.condition(alt.datum.value >= LIFTS[-1], alt.value("white"), alt.value(INK))
    return [
        _number(base.transform_filter(test), x, y, fontWeight=weight).encode(color=ink)
        for test, weight in ((bold, "bold"), (f"!({bold})", "normal"))
    ]


def _number(base: alt.Chart, x: alt.X, y: alt.Y, **font: Any) -> Any:
    """How many sentences, short: "2.7k"."""
    short = "datum.numerator < 1000 ? datum.numerator : format(datum.numerator, '.2s')"
    text = base.transform_calculate(told=short).mark_text(fontSize=10, color=INK, **font)
    return text.encode(x=x, y=y, text="told:N")
