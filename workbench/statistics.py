"""Intervals for shares of things that come in clusters: arrays and frames in, numbers out."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

FEWEST_CLUSTERS = 10
LEVEL = 0.95


def shares_with_intervals(
    counts: pl.DataFrame,
    by: Sequence[str],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> pl.DataFrame:
    """Return share and 95% interval per group, from counts per cluster.

    The share is the ratio of sums, sum(numerator) / sum(denominator). The interval is the
    percentile interval of the cluster bootstrap (Efron & Tibshirani 1993, An Introduction to the
    Bootstrap, ch. 13): clusters are drawn with replacement within the group. Clusters with the same
    counts are drawn together, by one multinomial, which is the same distribution. With few
    clusters the percentiles would be too narrow; they are taken further out, as Student's t is
    from the normal: at Phi(-sqrt(n / (n - 1)) t(0.975, n - 1)) and its mirror for n clusters
    (Hesterberg 2015, What Teachers Should Know About the Bootstrap, The American Statistician
    69:371-386, "expanded percentile interval"). Where all clusters have the same share of 0 or 1
    the bootstrap has no spread, and Wilson's interval (1927) on the number of clusters stands in.
    Under ten clusters there is no interval.

    Args:
        counts: one row per group and cluster; columns `by`, `numerator`, `denominator`.
        by: grouping columns.
        draws: bootstrap samples.
        seed: of the draws; each group's draws depend on its own key and content only.

    Returns:
        `by`, `numerator` and `denominator` (f64 sums), `share`, `low`, `high` (f64 in [0, 1], null
        where there is no denominator or no interval), `clusters` (u32).
    """
    informative = counts.filter(pl.col("denominator") > 0)
    distinct = informative.group_by([*by, "numerator", "denominator"]).len("clusters")
    ordered = distinct.sort([*by, "numerator", "denominator"], nulls_last=True)
    rows = [
        dict(zip(by, key, strict=True)) | _interval(group, draws, _stream(seed, key))
        for key, group in _groups(ordered, by)
    ]
    schema = {name: counts.schema[name] for name in by} | RESULT
    return pl.DataFrame(rows, schema=schema)


RESULT = {
    "numerator": pl.Float64, "denominator": pl.Float64, "share": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "clusters": pl.UInt32,
}  # fmt: skip


def _groups(
    rows: pl.DataFrame, by: Sequence[str]
) -> Iterable[tuple[tuple[object, ...], pl.DataFrame]]:
    """Key and rows of each group, in order; without `by` all rows there are."""
    if by:
        return rows.group_by(list(by), maintain_order=True)
    return [((), rows)] if rows.height else []


def _stream(seed: int, key: Sequence[object]) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(repr(key).encode())])


def _interval(group: pl.DataFrame, draws: int, stream: np.random.Generator) -> dict[str, object]:
    numerator = group["numerator"].cast(pl.Float64).to_numpy()
    denominator = group["denominator"].cast(pl.Float64).to_numpy()
    sizes = group["clusters"].to_numpy()
    clusters = int(sizes.sum())
    top, bottom = float(numerator @ sizes), float(denominator @ sizes)
    low, high = _bounds(numerator, denominator, sizes, draws, stream)
    return {
        "numerator": top, "denominator": bottom, "share": top / bottom,
        "low": low, "high": high, "clusters": clusters,
    }  # fmt: skip


def _bounds(
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
    sizes: NDArray[np.uint32],
    draws: int,
    stream: np.random.Generator,
) -> tuple[float | None, float | None]:
    clusters = int(sizes.sum())
    if clusters < FEWEST_CLUSTERS:
        return None, None
    shares = numerator / denominator
    if shares.min() == shares.max() and shares[0] in (0.0, 1.0):
        interval = stats.binomtest(int(shares[0] * clusters), clusters).proportion_ci(
            LEVEL, "wilson"
        )
        return float(interval.low), float(interval.high)
    weights = stream.multinomial(clusters, sizes / clusters, size=draws)
    drawn = (weights @ numerator) / (weights @ denominator)
    low, high = np.quantile(drawn, _percentiles(clusters))
    return float(low), float(high)


def _percentiles(clusters: int) -> tuple[float, float]:
    """Where the interval's ends lie among the draws: a little further out than 2.5 and 97.5%."""
    t = stats.t.ppf((1 + LEVEL) / 2, clusters - 1)
    tail = float(stats.norm.cdf(-np.sqrt(clusters / (clusters - 1)) * t))
    return tail, 1 - tail


PRODUCTS = ("aa", "ab", "an", "at", "bb", "bn", "bt", "nn", "nt", "tt")
SIGNS = {"t": 1, "n": 1, "a": -1, "b": -1}


def lifts_with_intervals(sums: pl.DataFrame) -> pl.DataFrame:
    """Return lift and 95% interval of things that stand together, from sums over clusters.

    Of n units a hold the one, b the other, t both; by chance both would stand in a * b / n, and the
    lift is t over that. Clusters vary, not units: the variance of the lift's logarithm is that of
    the linearised ratio (Woodruff 1971, A Simple Method for Approximating the Variance of a
    Complicated Estimate, Journal of the American Statistical Association 66:411-414), the sum over
    clusters c of (t_c / t + n_c / n - a_c / a - b_c / b) squared, times k / (k - 1). The interval
    reaches t(0.975, k - 1) standard errors to both sides; k is the number of clusters that hold
    both. Under ten of these there is no interval.

    Args:
        sums: one row per pair; the sums over clusters `a`, `b`, `n`, `t`, the sums of their
            products `PRODUCTS`, and `clusters` (k).

    Returns:
        The same rows without the products, with `expected`, `value` (the lift), `low`, `high`
        (f64), null where none is expected or there is no interval.
    """
    product = pl.col("a") * pl.col("b")
    expected = pl.when(pl.col("n") > 0).then(product / pl.col("n"))
    lift = pl.when(product > 0).then(pl.col("t") * pl.col("n") / product)
    reach = pl.Series(_reach(sums), nan_to_null=True, dtype=pl.Float64)
    return sums.with_columns(
        expected=expected, value=lift, low=lift * (-reach).exp(), high=lift * reach.exp()
    ).drop(PRODUCTS)


def _reach(sums: pl.DataFrame) -> NDArray[np.float64]:
    """Half the length of the interval of the lift's logarithm; nan for no interval."""
    clusters = sums["clusters"].cast(pl.Float64).to_numpy()
    k = np.where(clusters < FEWEST_CLUSTERS, np.nan, clusters)
    total = {letter: np.where(np.isnan(k), np.nan, sums[letter].to_numpy()) for letter in SIGNS}
    variance = np.zeros_like(k)
    for x, y in map(tuple, PRODUCTS):
        sign = SIGNS[x] * SIGNS[y] * (1 if x == y else 2)
        variance += sign * sums[x + y].to_numpy() / (total[x] * total[y])
    variance = np.maximum(variance, 0) * k / (k - 1)  # rounding may leave a little below 0
    reach: NDArray[np.float64] = stats.t.ppf((1 + LEVEL) / 2, k - 1) * np.sqrt(variance)
    return reach
