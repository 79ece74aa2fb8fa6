"""Rows 0, 5 and 6: eligibility, stable matching, an event of 1000 people; with their peers."""

import sys
import threading
import warnings
from functools import partial

import networkx
import numpy as np
import numpy.typing as npt
from matching.games import StableMarriage
from ortools.sat.python import cp_model
from scipy.optimize import linear_sum_assignment

from benchmarks.matching.measure import Case, Job, Stopwatch, Values
from niangjia.engines.matching.kernels.eligibility import Pool, candidates, pack_codes
from niangjia.engines.matching.kernels.rounds.evening import evening
from niangjia.engines.matching.kernels.rounds.plan import plan
from niangjia.engines.matching.kernels.rounds.verify import faults, proven_gap
from niangjia.engines.matching.kernels.selection.pairs import best_pairs, mutual
from niangjia.engines.matching.kernels.selection.stable import stable_pairs
from niangjia.engines.matching.kernels.selection.verify import blocking_pairs, optimality_gap

F64 = npt.NDArray[np.float64]
F32 = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


def pool(n: int, seed: int, first_id: int) -> Pool:
    """Age, height, education, district, marital history, employers of 50; 2 in 100 pairs are eligible."""
    rng = np.random.default_rng(seed)
    age = rng.integers(22, 46, n)
    height = rng.normal(165, 8, n).clip(140, 200).round()
    welcome = rng.random((n, 3, 11)) < np.array([0.7, 0.5, 0.8])[None, :, None]
    return Pool(
        ids=np.arange(n) + first_id,
        values=np.stack([age, height], axis=1).astype(np.int16),
        low=np.stack([age - rng.integers(2, 8, n), np.full(n, 150)], axis=1).astype(np.int16),
        high=np.stack([age + rng.integers(2, 8, n), np.full(n, 190)], axis=1).astype(np.int16),
        codes=rng.integers(0, [6, 11, 3], (n, 3)).astype(np.int16),
        wanted=pack_codes(welcome),
        employer=rng.integers(0, n // 50 + 1, n).astype(np.int32),
        sees_colleagues=rng.random(n) < 0.5,
        taste=rng.random((n, 4), dtype=np.float32),
        offer=rng.random((n, 4), dtype=np.float32),
    )


def eligible(job: Job) -> Values:
    candidates(proactive=pool(7000, 1, 0), reactive=pool(7000, 2, 7000), k=5)
    n = 5000 if job.quick else 100_000
    one, other = pool(n, 1, 0), pool(n, 2, n)
    with Stopwatch() as watch:
        found = candidates(proactive=one, reactive=other, k=100)
    return {**watch.times, "people": n, "candidates_each": round(found.indices.size / n, 1)}


def tastes(n: int) -> tuple[F32, F32]:
    rng = np.random.default_rng(n)
    return rng.random((n, n), dtype=np.float32), rng.random((n, n), dtype=np.float32)


def stable(n: int, job: Job) -> Values:
    """Matching and certificate."""
    for small in (8, 500):  # kernels for one thread, and for all
        a, b = tastes(small)
        blocking_pairs(stable_pairs(proposers=a, receivers=b), proposers=a, receivers=b)
    a, b = tastes(min(n, 1000) if job.quick else n)
    with Stopwatch() as watch:
        partner = stable_pairs(proposers=a, receivers=b)
        blocking = blocking_pairs(partner, proposers=a, receivers=b)
    return {**watch.times, "blocking_pairs": blocking}


def stable_by_package(n: int, job: Job) -> Values:
    """The PyPI package `matching`, preferences as dictionaries. It copies players who hold one another, ever deeper:
    beyond 100 or so Python's own limit stops it, which is lifted here."""
    sys.setrecursionlimit(10**6)
    found: list[Values] = []
    threading.stack_size(512 * 2**20)
    worker = threading.Thread(target=lambda: found.append(_by_package(n)))
    worker.start()
    worker.join()
    return found[0]


def _by_package(n: int) -> Values:
    a, b = tastes(n)
    warnings.simplefilter("ignore")
    with Stopwatch() as watch:
        wants, wanted = np.argsort(-a, axis=1), np.argsort(-b, axis=1)
        game = StableMarriage.create_from_dictionaries(
            {f"i{i}": [f"j{j}" for j in wants[i]] for i in range(n)},
            {f"j{j}": [f"i{i}" for i in wanted[j]] for j in range(n)},
        )
        game.solve()
    return {**watch.times, "note": "" if n < 100 else "only with Python's recursion limit lifted"}


def sealed_picks(n: int) -> tuple[F64, Flags]:
    """n + n people pick 40 each; weights of the mutual ones."""
    rng = np.random.default_rng(1)
    picks, back = rng.random((n, n)).argsort(axis=1) < 40, rng.random((n, n)).argsort(axis=1) < 40
    return rng.random((n, n)), mutual(picks, back)


def final_pairs(job: Job) -> Values:
    w, both = sealed_picks(10)
    optimality_gap(best_pairs(w, allowed=both), w, allowed=both)
    w, both = sealed_picks(100 if job.quick else 500)
    with Stopwatch() as watch:
        found = best_pairs(w, allowed=both)
        gap = optimality_gap(found, w, allowed=both)
    return {**watch.times, "pairs": len(found.as_list()), "gap": abs(round(gap, 6))}


def final_pairs_scipy(job: Job) -> Values:
    """The bare assignment, without certificate."""
    w, both = sealed_picks(100 if job.quick else 500)
    with Stopwatch() as watch:
        i, j = linear_sum_assignment(np.where(both, w + 1000, 0), maximize=True)
    return {**watch.times, "pairs": int(both[i, j].sum())}


def final_pairs_networkx(job: Job) -> Values:
    w, both = sealed_picks(100 if job.quick else 500)
    graph = networkx.Graph()
    n = w.shape[0]
    graph.add_weighted_edges_from((int(i), n + int(j), float(w[i, j])) for i, j in zip(*np.nonzero(both), strict=True))
    with Stopwatch() as watch:
        found = networkx.max_weight_matching(graph, maxcardinality=True)
    return {**watch.times, "pairs": len(found)}


def evening_plan(n: int, rounds: int, job: Job) -> Values:
    small = evening(np.random.default_rng(0).random((5, 4)), rounds=2)
    proven_gap(plan(small), small)
    size = min(n, 70) if job.quick else n
    given = evening(np.random.default_rng(0).random((size, size)), rounds=rounds)
    with Stopwatch() as watch:
        found = plan(given)
        broken = faults(found, given)
        gap = proven_gap(found, given)
    return {
        **watch.times,
        "value": round(found.value, 3),
        "optimal": float(found.optimal and not broken and gap <= 1e-7 * found.value),
    }


def evening_cp_sat(n: int, rounds: int, limit: float, job: Job) -> Values:
    """One boolean for every pair and round."""
    w = np.rint(np.random.default_rng(0).random((n, n)) * 10**6).astype(int)
    model = cp_model.CpModel()
    meets = np.array([[[model.new_bool_var("") for _ in range(rounds)] for _ in range(n)] for _ in range(n)])
    for k in range(n):
        for r in range(rounds):
            model.add_at_most_one(meets[k, :, r].tolist())
            model.add_at_most_one(meets[:, k, r].tolist())
        for j in range(n):
            model.add_at_most_one(meets[k, j].tolist())
    model.maximize(sum(int(w[i, j]) * meets[i, j, r] for i in range(n) for j in range(n) for r in range(rounds)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 5 if job.quick else limit
    solver.parameters.num_workers = 2
    with Stopwatch() as watch:
        status = solver.solve(model)
    optimal = status == cp_model.OPTIMAL
    return {
        **watch.times,
        "value": round(solver.objective_value / 10**6, 3),
        "optimal": float(optimal),
        "note": "" if optimal else "time limit",
    }


ZERO, FIVE, PAIRS = "eligibility, 100k x 100k, 100 each", "stable matching, n = ", "event of 1000: final pairs"

CASES = [
    Case(
        "0",
        ZERO,
        "ours",
        eligible,
        "<= 60 s, <= 2 GB",
        lambda f: f["seconds"] <= 60 and f["peak_mb"] <= 2048,
        limit=900,
    ),
    Case(
        "5",
        FIVE + "1000",
        "ours",
        partial(stable, 1000),
        "<= 0.2 s, certified",
        lambda f: f["seconds"] <= 0.2 and f["blocking_pairs"] == 0,
    ),
    Case(
        "5",
        FIVE + "10000",
        "ours",
        partial(stable, 10_000),
        "<= 10 s, certified",
        lambda f: f["seconds"] <= 10 and f["blocking_pairs"] == 0,
    ),
    Case("5", FIVE + "50", "matching (PyPI)", partial(stable_by_package, 50), limit=60),
    Case("5", FIVE + "200", "matching (PyPI)", partial(stable_by_package, 200), limit=60),
    Case("5", FIVE + "1000", "matching (PyPI)", partial(stable_by_package, 1000), limit=120),
    Case(
        "6",
        PAIRS,
        "ours",
        final_pairs,
        "<= 0.1 s, certified",
        lambda f: f["seconds"] <= 0.1 and f["gap"] < 1e-6,
    ),
    Case("6", PAIRS, "scipy", final_pairs_scipy),
    Case("6", PAIRS, "networkx", final_pairs_networkx, limit=90),
    Case(
        "6",
        "event of 1000: 500 x 500 x 12 rounds",
        "ours",
        partial(evening_plan, 500, 12),
        "optimal, certified, <= 1 s",
        lambda f: f["seconds"] <= 1 and f["optimal"] == 1,
    ),
    Case("6", "70 x 70 x 5 rounds", "ours", partial(evening_plan, 70, 5)),
    Case("6", "70 x 70 x 5 rounds", "OR-Tools CP-SAT", partial(evening_cp_sat, 70, 5, 30.0), limit=120),
]
