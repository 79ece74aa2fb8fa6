"""Text is read as it is meant, whatever it is dressed as; and what everybody writes is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.scenes.dating import guard
from niangjia.scenes.dating.scam.kernels import normalise, risk
from niangjia.scenes.dating.scam.kernels.normalise import compiled, plain
from niangjia.scenes.dating.scam.kernels.phrases import ALONE, BEGINS, THEN, Spoken, clues, says
from niangjia.scenes.dating.scam.kernels.signals import ELSEWHERE, SIGNALS
from niangjia.scenes.dating.scam.kernels.sounds import syllables

INVISIBLE = st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f")
MARKS = st.sampled_from([" ", "·", "-", "_", "*", "~", "/", "|", "🔥", "🌹", "🍵"])
WORDS = st.sampled_from(["微信", "转账", "投资", "内部消息", "稳赚不赔", "虚拟币", "收款码"])


def dressed(word: str, marks: list[str]) -> str:
    return "".join(char + mark for char, mark in zip(word, [*marks, *[""] * len(word)], strict=False))


@given(WORDS, st.lists(INVISIBLE, max_size=6))
def test_invisible_letters_change_nothing(word: str, marks: list[str]) -> None:
    assert plain(dressed(word, marks)).text == plain(word).text


@given(WORDS, st.lists(MARKS, max_size=6))
def test_marks_and_pictures_between_letters_change_nothing(word: str, marks: list[str]) -> None:
    assert plain(dressed(word, marks)).text == plain(word).text


@given(st.text(max_size=80))
def test_every_letter_remembers_where_it_stood(text: str) -> None:
    read = plain(text)
    assert len(read.text) == len(read.places)
    assert list(read.places) == sorted(read.places)
    assert all(0 <= at < len(text) for at in read.places)


@given(st.text(alphabet="加微信v投资理财🔥❤ ·\u200b", max_size=40))
def test_reading_twice_is_reading_once(text: str) -> None:
    once = plain(text).text
    assert plain(once).text == once


@pytest.mark.parametrize(
    "text",
    [
        "微信", "薇信", "溦信", "薇❤", "weixin", "WeiXin", "w e i x i n", "wei信", "微\n信", "ｖ信", "V❤",
        "微\u200b信", "微🔥信", "亻言".join(["微", ""]),
    ],
)  # fmt: skip
def test_wechat_is_wechat(text: str) -> None:
    assert compiled(ELSEWHERE).search(plain(text).text)


@pytest.mark.parametrize(
    "text", ["安徽信用社上班", "银行里做信用卡", "我们经理才二十八", "在这里才知道", "重置密码", "小伟 Wei"]
)
def test_what_everybody_writes_is_not_a_way_to_be_reached(text: str) -> None:
    assert guard.marked(text) == []


@pytest.mark.parametrize(
    "text", ["薇❤同号", "转帐", "zhuan账", "收。款。码", "加溦信", "幺三八零零幺三八零零零", "扣扣1234567"]
)
def test_profiles_and_posts_are_read_the_same_way(text: str) -> None:
    assert guard.marked(f"喜欢爬山。{text}")


def test_homophones_and_pinyin_sound_the_same() -> None:
    assert syllables(plain("投资").text) == syllables(plain("投姿").text) == syllables(plain("touzi").text)


def heard(*texts: str, on: bool = False) -> set[str]:
    return {clue for fresh in clues(Spoken(plain(text).text, on=on) for text in texts) for clue in fresh}


def test_a_word_cut_over_messages_is_heard_whole() -> None:
    whole = heard("我表哥做投资理财")
    assert {"@kin", "@invest", "tou zi"} <= whole
    assert heard("我表哥做投", "资理财", on=True) >= whole
    assert "tou zi" not in heard("我表哥做投", "资理财")


def test_lines_belong_together_when_one_hand_wrote_them_at_once() -> None:
    def cut(seconds: int, *between: risk.Said) -> bool:
        lines = [
            risk.Said(True, "一起投", risk.MINUTE),
            *between,
            risk.Said(True, "资吧", risk.MINUTE * (1 + seconds / 60)),
        ]
        return any("tou zi" in fresh for fresh in risk.read(lines, risk.Context()).clues)

    assert cut(20)
    assert not cut(600)
    assert not cut(20, risk.Said(False, "啊", risk.MINUTE))


@given(st.lists(st.sampled_from([" ", "。", "，", "·", "丶", "*", "🔥"]), max_size=8))
def test_marks_between_letters_hide_no_clue(marks: list[str]) -> None:
    assert heard(dressed("跟我一起投资理财", marks)) == heard("跟我一起投资理财")


def test_what_is_about_the_same_is_heard_alike() -> None:
    assert {"@kin", "@medical", "@money", "@kin+medical", "@medical>money"} <= heard("我妈住院了", "还差八百")
    assert {"@kin", "@medical", "@money", "@kin+medical", "@medical>money"} <= heard("表姐要化疗", "还差五百")


def test_evidence_is_shown_as_it_was_written() -> None:
    said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(["你好", "这个平台我不常用", "加我薇❤吧"])]
    assert any("薇❤" in one.words for one in risk.weigh(said).found)


def test_who_warns_of_swindlers_is_not_taken_for_one() -> None:
    text = "社区来做反诈宣传，说稳赚不赔的投资都是骗子"
    assert risk.weigh([risk.Said(True, text, risk.MINUTE)]).score < risk.ASK


def test_each_guard_matters() -> None:
    """Without the normaliser, or without the signals, the story in disguise would pass."""
    story = ["这个平台我不常用，加我薇❤", "我舅舅有内 部 消 息，昨晚又赚了三万", "别告诉别人，稳🔥赚不赔，我带你一起"]
    said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(story)]
    assert risk.weigh(said).score >= risk.WARN
    bare = risk.Context(off=frozenset(signal.code for signal in SIGNALS))
    assert risk.weigh(said, bare).score < risk.weigh(said).score - 2


def test_no_line_decides_alone_and_long_ones_no_more_than_short_ones() -> None:
    def score(*texts: str) -> float:
        said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(texts)]
        return risk.weigh(said, risk.Context(weights={"tian qi": 9.0, "xia yu": 1.0})).score

    assert score("你好", "吃了吗", "天气") == pytest.approx(risk.MOST - 3 * risk.DRIFT)
    assert score("你好", "吃了吗", "下雨") > score("你好", "吃了吗", "下雨" + "的" * 2 * risk.LONG)


def test_innocent_talk_lowers_the_sum_but_patience_does_not_pay() -> None:
    def score(*texts: str) -> float:
        said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(texts)]
        return risk.weigh(said, risk.Context(weights={"tian qi": 3.0, "xia yu": 2.0})).score

    weeks = ["吃了吗"] * 50
    assert score(*["吃了吗"] * 4, "天气") < score("吃了吗", "吃了吗", "天气")
    assert score(*weeks) == risk.SUNK
    assert score(*weeks, "天气", "下雨") == pytest.approx(risk.SUNK + 5 - 2 * risk.LATER_DRIFT)
    assert score(*weeks[: risk.LATER - 2], "天气", "下雨") == pytest.approx(risk.SUNK + 5 - 2 * risk.DRIFT)


def test_a_line_that_is_telling_by_itself_counts_more_and_a_harmless_one_no_less() -> None:
    def score(alone: float) -> float:
        said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(["你好", "吃了吗", "天气"])]
        return risk.weigh(said, risk.Context(weights={"tian qi": 1.0, ALONE + "tian qi": alone})).score

    assert score(1) == pytest.approx(score(0) + 1)
    assert score(-1) == score(0)


def test_what_the_other_side_answers_counts_too() -> None:
    known = risk.Context(weights={"<tou zi": 1.0})
    mine = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(["你好", "吃了吗", "嗯"])]
    asked = [*mine[:2], risk.Said(False, "你说的投资靠谱吗", risk.MINUTE), mine[2]]
    assert risk.weigh(asked, known).score == pytest.approx(risk.weigh(mine, known).score + 1)


def test_nobody_is_marked_for_warm_words_alone_but_for_a_line_that_is_telling_by_itself() -> None:
    said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(["你好", "吃了吗", "今天天气不错"])]
    warm = risk.weigh(said, risk.Context(weights={BEGINS: risk.WARN, "tian qi": risk.MOST}))
    plainly = risk.weigh(said, risk.Context(weights={BEGINS: risk.WARN, ALONE + "tian qi": risk.PLAIN}))
    assert (warm.new, plainly.new) == (False, True)
    assert warm.score >= risk.WARN
    assert plainly.evidence() == ("今天天气不错",)


def test_whoever_is_marked_is_shown_words_even_when_it_was_the_first_line() -> None:
    said = [risk.Said(True, text, risk.MINUTE * n) for n, text in enumerate(["今天天气不错", "下雨"])]
    known = {BEGINS: risk.WARN + 2, "tian qi": -1.0, ALONE + "tian qi": risk.PLAIN, "xia yu": risk.ADDS}
    found = risk.weigh(said, risk.Context(weights=known))
    assert (found.new, found.evidence()) == (True, ("今天天气不错",))


def test_who_falls_in_love_at_once_is_no_swindler() -> None:
    days = ["早安宝贝", "昨晚梦到你了", "我觉得我喜欢上你了", "今天又在想你", "[图片]", "我一直在找你这样的人"]
    said = [risk.Said(True, text, risk.MINUTE * 600 * n) for n, text in enumerate(days * 3)]
    assert not risk.weigh(said).new


def test_a_short_word_behind_a_long_one_does_not_say_it_again() -> None:
    def then(*texts: str) -> set[str]:
        lines = [Spoken(plain(text).text, on=at > 0) for at, text in enumerate(texts)]
        *_before, last = clues(lines)
        return {clue for clue in last if THEN in clue}

    assert then("我妈住院了还差八百", "好的") == set()
    assert "@medical>money" in then("我妈住院了", "还差八百")


def test_what_the_other_side_says_is_no_word_of_mine() -> None:
    known = {ALONE: 0.5, ALONE + "<tou zi": 1.0, ALONE + "tian qi": 0.25}
    assert says({"<tou zi"}, known) == (1.5, 0.0, 0.0)
    assert says({"<tou zi", "tian qi"}, known) == (1.75, 0.75, 0.25)
    assert says({"chi fan"}, known) == (0.0, 0.0, 0.0)


@given(
    st.text(
        st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), st.sampled_from("，。！？,0123456789 a❤."))
    )
)
def test_the_short_way_of_reading_everyday_text_reads_the_same(text: str) -> None:
    quick = plain(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normalise, "_ORDINARY", re.compile("(?!)"))
        assert plain(text) == quick
