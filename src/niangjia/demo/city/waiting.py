"""What waits for somebody to decide: papers and employments at desks, reports, roles to be given."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services.desk import DUE
from niangjia.core.orgs.models import Org
from niangjia.demo.city.copying import Row, copy, sealer
from niangjia.demo.city.history import pair_rows
from niangjia.demo.city.orgs import Desks, desks
from niangjia.demo.city.photos import papers
from niangjia.demo.city.plan import City
from niangjia.engines.workflow import services as workflow
from niangjia.interfaces.console import two_people
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id, receipt_number
from niangjia.scenes.dating.services import reports

_DAY = 24 * 60
_REQUEST = (
    "id receipt person_id kind desk org_id employer_id legal_name id_number documents state made_at due_on "
    "decided_at decided_by_id"
)
_REPORTS: Final = (  # reason, what was written, days ago, what was decided
    ("money", "聊了三天就说有内部理财渠道，让我先投两千试试，我没投。", 9, "warn"),
    ("advertising", "资料里没写，聊起来一直在推销保险。", 1, ""),
    ("harassment", "我说不合适以后，一天发了二十多条消息，还说要到单位来找我。", 6, "restrict"),
    ("not_single", "他朋友圈里有结婚照，问他他说离了，我不确定。", 1, ""),
    ("not_the_person", "见面的人和照片差得很多，年龄也对不上。", 8, "dismiss"),
    ("indecent", "开口就说很露骨的话，让我很不舒服。", 0, ""),
)
_ANSWERS: Final = {
    "warn": "向其他会员推荐投资，违反约定，予以提醒。",
    "dismiss": "已与本人核对，照片为近照，未发现不实。",
    "restrict": "多次骚扰他人，暂停三十天。",
}


def leave_waiting(city: City) -> None:
    waiting = [] if city.large else [row for row, at in enumerate(city.people.facts.real_person) if at == "waiting"]
    documents = papers(city, waiting)  # before COPY begins: one connection does one thing at a time
    copy(Request, _REQUEST, _requests(city, desks(city), documents))
    if not city.large:
        _file_reports(city)
        _propose_a_role(city)


def _requests(city: City, at: list[Desks], documents: dict[int, UUID]) -> Iterator[Row]:
    facts = city.people.facts
    for row, document in documents.items():
        yield _paper(city, row, at[city.people.employer[row]].district, document)
    for row, (state, method) in enumerate(zip(facts.employer, facts.employer_method, strict=True)):
        desk = at[city.people.employer[row]]
        firm = method == "enterprise" and desk.own.form == "single"
        if state == "waiting":
            yield _employment(city, row, desk, firm=firm)
        elif state == "verified" and method in ("enterprise", "union") and not city.large:
            yield _employment(city, row, desk, firm=firm, decided=city.steps.employed[row])


def _made(city: City, row: int) -> datetime:
    """In the last days: nobody lets people wait for months."""
    return city.ago(row % 3 * _DAY + 30 + row % 500)


def _due(made: datetime, desk: str) -> Any:
    return clock.add_working_days(clock.today(made), DUE[desk])


def _paper(city: City, row: int, office: Org, photo: UUID) -> Row:
    pk, made, people = new_id(), _made(city, row), city.people
    name, number = (sealer(Request, field).close for field in ("legal_name", "id_number"))
    claimed = (name(people.legal_name[row], pk), number(people.id_number[row], pk))
    whose = (pk, receipt_number(), city.person_ids[row], "real_person", "union", office.pk, None)
    return (*whose, *claimed, [photo], "waiting", made, _due(made, "union"), None, None)


def _employment(city: City, row: int, desk: Desks, *, firm: bool, decided: int = 0) -> Row:
    """Waiting, or confirmed `decided` minutes ago."""
    kind = "enterprise" if firm else "union"
    made = city.ago(decided + 2 * _DAY) if decided else _made(city, row)
    org = desk.own if firm else desk.above
    employer = city.employer_ids[city.people.employer[row]]
    whose = (new_id(), receipt_number(), city.person_ids[row], "employer", kind, org.pk, employer)
    by = city.person_ids[city.named.staff[1 if firm else 2]]
    end = ("accepted", made, _due(made, kind), city.ago(decided), by)
    return (*whose, b"", b"", [], *(end if decided else ("waiting", made, _due(made, kind), None, None)))


def _file_reports(city: City) -> None:
    """Between people who know each other: pairs, the one reported not seen lately, so that nobody active is missed."""
    story = {city.named.woman, city.named.man}
    lively, stands = city.people.facts.active, city.people.facts.verified
    pairs = (pair[:2] for pair in pair_rows(city))
    known = [pair for pair in pairs if not story & set(pair) and stands[pair[0]] and stands[pair[1]]]
    known.sort(key=lambda pair: bool(lively[pair[0]]) + bool(lively[pair[1]]))
    used: set[int] = set()
    for reason, details, days, decided in _REPORTS:
        pair = next((pair for pair in known if not used & set(pair)), None)
        if pair is None:
            return
        used |= set(pair)
        reporter, reported = sorted(pair, key=lambda row: not lively[row])
        _file(city, reporter, reported, (reason, details), min(city.now, city.ago(days * _DAY - 60)), decided)


def _file(city: City, reporter: int, reported: int, said: tuple[str, str], at: datetime, decided: str) -> None:
    case = reports.report(
        person_id=city.person_ids[reporter],
        profile_id=city.profile_ids[reported],
        reason=said[0],
        details=said[1],
        evidence=(),
        now=at,
    )
    if decided:
        later = at + timedelta(hours=30)
        until = {"until": (clock.today(city.now) + timedelta(days=30)).isoformat()} if decided == "restrict" else {}
        workflow.move(
            case=case,
            actor=_staff(city, 2, later),
            transition=decided,
            reason=_ANSWERS[decided],
            details=until,
            now=later,
        )


def _propose_a_role(city: City) -> None:
    """A second matchmaker, proposed by one security administrator and waiting for the other."""
    root = Org.objects.get(form="", region="330106")
    two_people.ask_role(
        actor=_staff(city, 5, city.now),
        phone=city.people.phone[city.named.man],
        role="matchmaker",
        org_id=root.pk,
        reason="西湖区新增一名红娘，负责周末活动。",
        now=city.now,
    )


def _staff(city: City, post: int, now: datetime) -> Actor:
    pk = city.person_ids[city.named.staff[post]]
    return Actor(person_id=pk, grants=grants_of(pk), second_factor_at=now)
