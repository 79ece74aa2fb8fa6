"""Who said yes or passed, the pairs that came of it, the contacts they exchanged, and a few blocks."""

from collections.abc import Iterator
from uuid import UUID

from niangjia.demo.city.copying import Row, copy, sealer
from niangjia.demo.city.plan import SEED, City, id_of
from niangjia.demo.dice import Ints, stream, weighted
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import Block, ContactOffer, Decision, Pair, Profile
from niangjia.scenes.dating.services.standing import mark_of

_BLOCKS = 12


def relate(city: City) -> None:
    copy(Decision, "id chooser_id chosen_id said at", _decisions(city))
    copy(Pair, "id first_id second_id since", _pairs(city))
    copy(ContactOffer, "id pair_id owner_id kind value offered_at", _offers(city))
    if not city.large:
        _block(city)


def _decisions(city: City) -> Iterator[Row]:
    made, ids = city.decisions, city.profile_ids
    rows = zip(made.chooser.tolist(), made.chosen.tolist(), made.yes.tolist(), made.minutes_ago.tolist(), strict=True)
    for chooser, chosen, yes, minutes in rows:
        yield (new_id(), ids[chooser], ids[chosen], "yes" if yes else "pass", city.ago(minutes))


def _pairs(city: City) -> Iterator[Row]:
    for number, (a, b, minutes) in enumerate(pair_rows(city)):
        yield (id_of("pair", number), *sorted((city.profile_ids[a], city.profile_ids[b])), city.ago(minutes))


def pair_rows(city: City) -> Iterator[tuple[int, int, int]]:
    """(row, row, minutes ago) of every pair."""
    pairs = city.pairs
    return zip(pairs.a.tolist(), pairs.b.tolist(), pairs.minutes_ago.tolist(), strict=True)


def offering(city: City) -> Ints:
    """For each pair who has offered a contact: 0 nobody, 1 the first, 2 both."""
    return weighted(stream(seed=SEED, purpose="offers"), (45, 20, 35), len(city.pairs))


def _offers(city: City) -> Iterator[Row]:
    close = sealer(ContactOffer, "value").close
    kinds = stream(seed=SEED, purpose="contacts").integers(0, 3, len(city.people)).tolist()
    for number, ((a, b, minutes), offered) in enumerate(zip(pair_rows(city), offering(city).tolist(), strict=True)):
        for turn, row in enumerate((a, b)[:offered]):
            pk, kind, value = new_id(), *_contact(city, row, phone=kinds[row] == 0)
            at = city.ago(max(1, minutes - 60 * (turn + 1)))
            yield (pk, id_of("pair", number), city.profile_ids[row], kind, close(value, pk), at)


def _contact(city: City, row: int, *, phone: bool) -> tuple[str, str]:
    return ("phone", city.people.phone[row]) if phone else ("wechat", f"nj_demo_{row:05}")


def _block(city: City) -> None:
    """Some of those who passed did not want to be seen again either."""
    made, paired = city.decisions, {frozenset(pair[:2]) for pair in pair_rows(city)}
    story = {city.named.woman, city.named.man}
    passes = [
        (chooser, chosen, minutes)
        for chooser, chosen, yes, minutes in zip(
            made.chooser.tolist(), made.chosen.tolist(), made.yes.tolist(), made.minutes_ago.tolist(), strict=True
        )
        if not yes and frozenset((chooser, chosen)) not in paired and chosen not in story
    ]
    for chooser, chosen, minutes in passes[:: max(1, len(passes) // _BLOCKS)]:
        _block_one(city.profile_ids[chooser], city.profile_ids[chosen], city, minutes)


def _block_one(blocker: UUID, blocked: UUID, city: City, minutes: int) -> None:
    profile = Profile.objects.select_related("person").get(pk=blocked)
    mark = mark_of(profile.person)
    Block(
        blocker_id=blocker, blocked=profile, mark=mark, nickname=profile.nickname, at=city.ago(max(1, minutes - 2))
    ).save(force_insert=True)
