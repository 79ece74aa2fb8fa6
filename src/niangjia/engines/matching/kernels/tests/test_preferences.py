"""Preferences: rates, calibration, the pair model, cold start."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from niangjia.engines.matching.kernels.errors import (
    BadIndex,
    BadParameter,
    BadProbability,
    BadShape,
    BadWeight,
    TooFewDecisions,
)
from niangjia.engines.matching.kernels.preferences.calibration import fit_platt
from niangjia.engines.matching.kernels.preferences.cold_start import (
    ColdStart,
    blend,
    embed,
    hobby_likeness,
    text_likeness,
)
from niangjia.engines.matching.kernels.preferences.logistic import fit_logistic
from niangjia.engines.matching.kernels.preferences.measures import auc, calibration_error, log_loss
from niangjia.engines.matching.kernels.preferences.pair_model import fit_pair_model, held_out_predictions, trees
from niangjia.engines.matching.kernels.preferences.smoothing import Decisions, leave_one_out, rates, smoothed_rate
from niangjia.engines.matching.kernels.preferences.validation import Learner, Predict, best_of, held_out


def test_few_decisions_say_little_and_many_speak_for_themselves() -> None:
    few, many = smoothed_rate([2, 200], [2, 200], mean=0.3, strength=8)
    assert few < 0.5 < 0.95 < many


def test_a_person_without_decisions_gets_the_mean() -> None:
    found = rates(Decisions.of(chooser=[0, 0], chosen=[1, 1], yes=[1, 0], group=[0, 0], n_people=3))
    assert found.selectivity[2] == found.desirability[2] == found.mean == 0.5


def test_the_own_decision_is_left_out() -> None:
    """Alice (0) says yes to Bob (1) and no to Charlie (2): for each, only the other decision counts."""
    seen = Decisions.of(chooser=[0, 0], chosen=[1, 2], yes=[1, 0], group=[0, 0], n_people=3)
    selectivity, _ = leave_one_out(seen, strength=1)
    assert selectivity.tolist() == [0.25, 0.75]


@settings(max_examples=50, deadline=None)
@given(yes=st.lists(st.booleans(), min_size=12, max_size=12), own=st.integers(0, 11))
def test_what_is_said_of_a_decision_does_not_hold_the_decision(yes: list[bool], own: int) -> None:
    """Everybody of 0..2 meets everybody of 3..4, both ways: turning one answer around moves only what others see."""
    pairs = [(a, b) for a in range(3) for b in range(3, 5)]
    chooser, chosen = zip(*[*pairs, *[(b, a) for a, b in pairs]], strict=True)

    def facts(answers: list[bool]) -> np.ndarray:
        seen = Decisions.of(chooser=chooser, chosen=chosen, yes=answers, group=[0] * 12, n_people=5)
        return np.stack(leave_one_out(seen, strength=2, mean=0.4))

    other = [answer != (k == own) for k, answer in enumerate(yes)]
    back = (own + 6) % 12  # the same two persons, the other's answer
    before, after = facts(yes), facts(other)
    assert (before[:, own] == after[:, own]).all()
    assert (before[:, back] == after[:, back]).all()
    assert (before != after).any()


def test_bad_decisions_are_refused() -> None:
    with pytest.raises(BadIndex):
        Decisions.of(chooser=[3], chosen=[0], yes=[1], group=[0], n_people=3)
    with pytest.raises(BadShape):
        Decisions.of(chooser=[1], chosen=[0], yes=[1, 0], group=[0], n_people=3)
    with pytest.raises(BadParameter):
        smoothed_rate([1], [1], mean=2, strength=1)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
def test_auc_equals_scikit_learn(rows: list[tuple[bool, int]]) -> None:
    yes, score = zip(*rows, strict=True)
    if all(yes) or not any(yes):
        with pytest.raises(TooFewDecisions):
            auc(yes, score)
    else:
        assert auc(yes, score) == pytest.approx(roc_auc_score(yes, score))


def _overconfident(n: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    z = rng.normal(size=n)
    return 1 / (1 + np.exp(-3 * z)), rng.random(n) < 1 / (1 + np.exp(-z))


def test_calibration_makes_probabilities_honest_and_keeps_their_order() -> None:
    said, yes = _overconfident()
    honest = fit_platt(said, yes)(said)
    assert calibration_error(yes, honest) < 0.03 < calibration_error(yes, said)
    assert log_loss(yes, honest) < log_loss(yes, said)
    assert auc(yes, honest) == pytest.approx(auc(yes, said))


def test_a_score_that_points_the_wrong_way_is_reduced_to_the_mean() -> None:
    said, yes = _overconfident()
    assert np.ptp(fit_platt(1 - said, yes)(said)) == 0


def _evenings(n: int = 900) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(n, 3))
    return x, rng.random(n) < 1 / (1 + np.exp(-2 * x[:, 0])), np.arange(n) % 6


def test_the_pair_model_learns_what_decides_and_says_so_on_its_card() -> None:
    x, yes, group = _evenings()
    model = fit_pair_model(
        features=x, yes=yes, group=group, names=["likes", "noise", "more"], data="made up", rounds=40
    )
    assert model.card.auc > 0.75
    assert model.card.strongest[0] == "likes"
    assert "made up" in str(model.card)
    assert "compatibility" in str(model.card)
    low, high = model.predict([[-2, 0, 0], [2, 0, 0]])
    assert 0 <= low < 0.5 < high <= 1
    again = fit_pair_model(
        features=x, yes=yes, group=group, names=["likes", "noise", "more"], data="made up", rounds=40
    )
    assert (again.predict(x) == model.predict(x)).all()


def test_a_group_is_predicted_without_having_been_seen() -> None:
    """Each evening has its own number that tells the answer: a random split would learn it, a grouped one cannot."""
    rng = np.random.default_rng(2)
    group = np.repeat(np.arange(40), 25)
    yes = rng.permutation(np.arange(40) % 2 == 0)[group]
    features = rng.normal(size=40)[group][:, None]
    grouped = held_out_predictions(features=features, yes=yes, group=group, rounds=40)
    leaking = held_out_predictions(features=features, yes=yes, group=np.arange(1000) % 10, rounds=40)
    assert auc(yes, leaking) > 0.95 > 0.7 > auc(yes, grouped)


def test_learning_needs_groups_and_both_answers() -> None:
    x, yes, group = _evenings(60)
    with pytest.raises(TooFewDecisions):
        held_out_predictions(features=x, yes=yes, group=group * 0)
    with pytest.raises(TooFewDecisions):
        held_out_predictions(features=x, yes=yes & False, group=group)
    with pytest.raises(BadShape):
        fit_pair_model(features=x, yes=yes, group=group, names=["one"], data="")


def test_a_logistic_model_finds_the_weights_that_made_the_answers() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(4000, 2)) * [1, 10]
    yes = rng.random(4000) < 1 / (1 + np.exp(-(0.5 + x @ [1.0, -0.1])))
    model = fit_logistic(features=x, yes=yes, penalty=1e-3)
    assert model.weights / model.scale == pytest.approx([1.0, -0.1], rel=0.15)
    peer = LogisticRegression(C=1000).fit((x - model.mean) / model.scale, yes)
    assert model.weights == pytest.approx(peer.coef_[0], abs=1e-3)


def test_a_ridge_holds_weights_down_and_what_is_missing_moves_nothing() -> None:
    x, yes, _ = _evenings()
    loose, tight = (fit_logistic(features=x, yes=yes, penalty=c) for c in (1e-3, 1e3))
    assert np.abs(tight.weights).max() < np.abs(loose.weights).max()
    assert loose.predict([[np.nan] * 3]) == pytest.approx(loose.predict([loose.mean]))
    gaps = np.hstack([x, np.full((x.shape[0], 1), np.nan)])
    assert fit_logistic(features=gaps, yes=yes, penalty=1).weights[3] == 0


def test_settings_are_chosen_without_looking_at_the_group_held_out() -> None:
    """Penalties from none to crushing: the choice ranks as well as the best, and sees only other groups."""
    x, yes, group = _evenings()
    asked: list[set[int]] = []

    def ridge(penalty: float) -> Learner:
        def learn(x: np.ndarray, yes: np.ndarray, group: np.ndarray) -> Predict:
            asked.append(set(group.tolist()))
            return fit_logistic(features=x, yes=yes, penalty=penalty).predict

        return learn

    found = held_out(best_of([ridge(1.0), ridge(1e6)], folds=2), features=x, yes=yes, group=group)
    assert auc(yes, found) > 0.8
    assert all(len(groups) < 6 for groups in asked)


def test_bad_input_to_learning_is_refused() -> None:
    x, yes, group = _evenings(60)
    with pytest.raises(BadParameter):
        fit_logistic(features=x, yes=yes, penalty=0)
    with pytest.raises(BadShape):
        fit_logistic(features=x, yes=yes[:9], penalty=1)
    with pytest.raises(TooFewDecisions):
        fit_logistic(features=x, yes=yes | True, penalty=1)
    with pytest.raises(BadShape):
        fit_logistic(features=x, yes=yes, penalty=1).predict(x[:, :2])
    with pytest.raises(BadShape):
        held_out(trees(rounds=1, seeds=(0,)), features=x, yes=yes, group=group[:9])


def test_cold_start_rises_with_every_fact_and_starts_at_the_base_rate() -> None:
    start = ColdStart(base_rate=0.3)
    assert start.probabilities(wishes_met=0.5, hobbies=0.5, text=0.5) == pytest.approx(0.3)
    for fact in ("wishes_met", "hobbies", "text"):
        facts = {"wishes_met": 0.5, "hobbies": 0.5, "text": 0.5}
        assert start.probabilities(**facts | {fact: 1.0}) > start.probabilities(**facts)
    with pytest.raises(BadProbability):
        start.probabilities(wishes_met=np.nan, hobbies=0, text=0)


def test_a_rare_hobby_in_common_says_more() -> None:
    share = [0.01, 0.5]
    rare = hobby_likeness([1, 1], [1, 0], share=share)
    common = hobby_likeness([1, 1], [0, 1], share=share)
    assert rare > common > 0
    assert hobby_likeness([0, 0], [0, 0], share=share) == 0


def test_texts_about_the_same_are_near() -> None:
    hiking, mountains, cooking, nothing = embed(["周末喜欢爬山徒步", "爱好登山和户外徒步", "最爱在家研究做菜", " "])
    assert text_likeness(hiking, mountains) > text_likeness(hiking, cooking)
    assert text_likeness(hiking, nothing) == 0.5
    with pytest.raises(BadWeight):
        text_likeness(hiking, hiking * np.nan)


def test_decisions_replace_the_cold_start() -> None:
    assert blend(0.2, 0.8, [0, 20, 2000]).tolist() == pytest.approx([0.2, 0.5, 0.794], abs=1e-3)
