"""Spark does what one process does, to the last bit. A real one, on this machine: it needs Java (tools/java.sh)."""

from collections.abc import Iterator

import numpy as np
import pytest
from pyspark.sql import SparkSession

from niangjia.engines.matching.kernels.clearing.ascent import SocialWelfare
from niangjia.engines.matching.kernels.clearing.base import Clearing
from niangjia.engines.matching.kernels.clearing.partitions import Partitioned
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.tests.markets import random_market
from niangjia.engines.matching.spark import OnSpark, session

pytestmark = pytest.mark.xdist_group("spark")  # one Java machine, not one for every core
SOCIAL = SocialWelfare(steps=4)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    made = session("local[2]", spark_ui_enabled="false", spark_sql_shuffle_partitions="2", spark_log_level="ERROR")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def market() -> Market:
    """Somebody without candidates among them, and more edges than kernels walk with one thread."""
    return random_market(5, C=501, J=450, density=0.95)


def same(one: Clearing, other: Clearing) -> bool:
    return bool((one.x == other.x).all() and (one.lists.columns == other.lists.columns).all())


def test_parts_on_spark_get_the_lists_of_parts_in_one_process(spark: SparkSession, market: Market) -> None:
    place = np.random.default_rng(0).integers(330100, 330113, market.n_proactive)
    cut = Partitioned(parts=3, place=place, rounds=2, solver=SOCIAL)
    assert same(OnSpark(spark, cut).solve(market, length=20), cut.solve(market, length=20))


def test_one_part_on_spark_is_the_uncut_market(spark: SparkSession, market: Market) -> None:
    assert same(OnSpark(spark, Partitioned(parts=1, rounds=1, solver=SOCIAL)).solve(market), SOCIAL.solve(market))


def test_nobody_eligible_is_an_empty_result(spark: SparkSession) -> None:
    nobody = random_market(0, C=3, J=3, density=0)
    assert OnSpark(spark, Partitioned(parts=2, rounds=1)).solve(nobody).lists.columns.size == 0
