"""Lift and its interval from sums over stories, held against the definition and simulation."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy import stats

from workbench.statistics import PRODUCTS, lifts_with_intervals

Counts = dict[str, np.ndarray]


def stories(count: int, seed: int, *, rate: float = 0.08) -> Counts:
    """Sentences (n) of composed stories, those that name the one (a), the other (b), both (t)."""
    rng = np.random.default_rng(seed)
    n = rng.integers(8, 30, count)
    topic = rng.gamma(2, 0.5, count)  # stories differ in how much they name either
    a = rng.binomial(n, np.minimum(rate * topic, 0.9))
    t = rng.binomial(a, np.minimum(2 * rate * topic, 0.95))
    b = t + rng.binomial(n - a, np.minimum(rate * topic, 0.9))
    return {"a": a * 1.0, "b": b * 1.0, "t": t * 1.0, "n": n * 1.0}


def sums(counts: Counts) -> pl.DataFrame:
    totals = {name: [values.sum()] for name, values in counts.items()}
    products = {x + y: [(counts[x] * counts[y]).sum()] for x, y in map(tuple, PRODUCTS)}
    return pl.DataFrame(totals | products | {"clusters": [int((counts["t"] > 0).sum())]})


def test_lifts_with_intervals_follows_the_formula() -> None:
    counts = stories(80, seed=1)
    found = lifts_with_intervals(sums(counts)).row(0, named=True)
    a, b, t, n = (counts[name].sum() for name in "abtn")
    k = int((counts["t"] > 0).sum())
    parts = counts["t"] / t + counts["n"] / n - counts["a"] / a - counts["b"] / b
    reach = stats.t.ppf(0.975, k - 1) * np.sqrt((parts**2).sum() * k / (k - 1))
    assert found["expected"] == pytest.approx(a * b / n)
    assert found["value"] == pytest.approx(t * n / (a * b))
    assert found["low"] == pytest.approx(found["value"] * np.exp(-reach))
    assert found["high"] == pytest.approx(found["value"] * np.exp(reach))


def test_lifts_with_intervals_is_near_the_bootstrap_over_stories() -> None:
    counts = stories(400, seed=2)
    found = lifts_with_intervals(sums(counts)).row(0, named=True)
    draws = np.random.default_rng(0).multinomial(400, np.full(400, 1 / 400), size=2000)
    a, b, t, n = (draws @ counts[name] for name in "abtn")
    low, high = np.quantile(t * n / (a * b), [0.025, 0.975])
    assert found["low"] == pytest.approx(low, rel=0.05)
    assert found["high"] == pytest.approx(high, rel=0.05)


@pytest.mark.parametrize(("held", "given"), [(9, False), (10, True)])
def test_lifts_with_intervals_needs_ten_stories(held: int, given: bool) -> None:
    ones = np.ones(held)
    counts = {"a": ones, "b": ones, "t": ones, "n": ones * 5 + np.arange(held)}
    found = lifts_with_intervals(sums(counts)).row(0, named=True)
    assert (found["low"] is not None) is given
    assert found["value"] is not None


def test_lifts_with_intervals_of_nothing_is_null() -> None:
    nothing = {name: np.zeros(3) for name in "abt"} | {"n": np.ones(3)}
    found = lifts_with_intervals(sums(nothing)).row(0, named=True)
    assert (found["expected"], found["value"], found["low"]) == (0, None, None)
    empty = lifts_with_intervals(sums(dict.fromkeys("abtn", np.zeros(3)))).row(0, named=True)
    assert (empty["expected"], empty["value"]) == (None, None)


@pytest.mark.verify
@pytest.mark.parametrize(("count", "rate"), [(60, 0.1), (150, 0.08), (1000, 0.02)])
def test_lifts_with_intervals_covers_the_truth(count: int, rate: float) -> None:
    truth = lifts_with_intervals(sums(stories(400_000, seed=0, rate=rate)))["value"].item()
    drawn = pl.concat([sums(stories(count, seed=n, rate=rate)) for n in range(1, 1001)])
    known = lifts_with_intervals(drawn).drop_nulls("low")
    covered = known.select(pl.lit(truth).is_between("low", "high").mean()).item()
    assert 0.93 <= covered <= 0.985
