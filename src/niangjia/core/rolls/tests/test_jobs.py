"""Big tables go through the worker, which may die at any moment (checks B5, F4, F10)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW
from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.rolls import commands, selectors, services
from niangjia.core.rolls import jobs as rolls_jobs
from niangjia.core.rolls.models import FilePart, Import, RollEntry, StagedRow, State
from niangjia.core.rolls.tests.conftest import a_row, an_id, as_csv, names
from niangjia.kernel.errors import Invalid

TABLE = as_csv([a_row(number) for number in range(1, 6)]).encode()


@pytest.fixture
def uploaded(tree: dict[str, Org], firms: dict[str, Employer], officers: dict[str, Actor]) -> Import:
    return services.upload(
        file=[TABLE], file_name="../../名册.csv", org_id=tree["hangzhou"].pk, actor=officers["alice"], now=NOW
    )


def test_an_uploaded_table_waits_sealed_and_is_gone_once_read(uploaded: Import, jobs: Any) -> None:
    assert uploaded.file_name == "名册.csv"
    stored = b"".join(bytes(part.sealed) for part in FilePart.objects.all())
    assert an_id(1).encode() not in stored
    assert jobs.run() == 1
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.counts["new"]) == (State.PREVIEW, 5)
    assert not FilePart.objects.exists()


def test_the_worker_applies_what_was_asked_for(uploaded: Import, jobs: Any, officers: dict[str, Actor]) -> None:
    jobs.run()
    services.apply_later(import_id=uploaded.pk, actor=officers["alice"], now=NOW)
    jobs.run()
    uploaded.refresh_from_db()
    assert (uploaded.state, RollEntry.objects.count()) == (State.APPLIED, 5)


@pytest.mark.parametrize("step", ["read", "apply"])
def test_a_role_that_ended_while_the_job_waited_is_worth_nothing(
    step: str, uploaded: Import, jobs: Any, officers: dict[str, Actor]
) -> None:
    if step == "apply":
        jobs.run()
        services.apply_later(import_id=uploaded.pk, actor=officers["alice"], now=NOW)
    RoleGrant.objects.filter(person=officers["alice"].person_id).update(ended_at=NOW)
    jobs.run()
    uploaded.refresh_from_db()
    assert uploaded.state == (State.REFUSED if step == "read" else State.PREVIEW)
    assert uploaded.why in ("no_permission", "not_found")
    assert selectors.why_of(uploaded) != uploaded.why, "it is told in words"
    assert not RollEntry.objects.exists()


def test_a_job_that_died_with_its_worker_is_taken_up_again(uploaded: Import, jobs: Any) -> None:
    jobs.connector.jobs.clear()
    Import.objects.update(touched_at=NOW - timedelta(days=400))
    rolls_jobs.resume(0)
    assert jobs.run() == 1
    uploaded.refresh_from_db()
    assert uploaded.state == State.PREVIEW


def test_a_job_that_runs_twice_does_its_work_once(uploaded: Import, jobs: Any, officers: dict[str, Actor]) -> None:
    rolls_jobs.read_table.func(import_id=str(uploaded.pk))
    rolls_jobs.read_table.func(import_id=str(uploaded.pk))
    assert StagedRow.objects.count() == 5
    services.apply_later(import_id=uploaded.pk, actor=officers["alice"], now=NOW)
    for _ in range(2):
        rolls_jobs.apply_table.func(import_id=str(uploaded.pk), actor_id=str(officers["alice"].person_id))
    assert RollEntry.objects.count() == 5


def test_a_preview_that_nobody_applied_is_forgotten(uploaded: Import, jobs: Any) -> None:
    jobs.run()
    Import.objects.update(touched_at=NOW - timedelta(days=400))
    rolls_jobs.resume(0)
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.sample) == (State.DROPPED, "")
    assert not StagedRow.objects.exists()


def test_a_file_that_is_too_big_is_not_even_kept(tree: dict[str, Org], officers: dict[str, Actor]) -> None:
    with pytest.raises(Invalid) as told:
        services.upload(
            file=(bytes(2**20) for _ in range(70)),
            file_name="x",
            org_id=tree["hangzhou"].pk,
            actor=officers["alice"],
            now=NOW,
        )
    assert told.value.code == "too_big"
    assert not Import.objects.exists()
    assert not FilePart.objects.exists()


def test_the_command_line_previews_and_applies(firms: dict[str, Employer], tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_bytes(TABLE + "坏,1,2,龙井茶厂,,\r\n".encode())

    def run(**how: Any) -> str:
        return "\n".join(commands.run(**{"file": file, "org": "杭州市总工会", "apply": True, "now": NOW, **how}))

    run(apply=False)
    assert not RollEntry.objects.exists()
    run()
    assert len(names(firms["龙井茶厂"])) == 5
    assert "7," in (tmp_path / "名册.bad.csv").read_text(encoding="utf-8")
    for wrong in ({"org": "没有这个"}, {"file": tmp_path / "nothing.csv"}):
        with pytest.raises(Invalid):
            run(**wrong)


def test_the_command_line_does_not_reach_beyond_the_organisation_it_names(
    firms: dict[str, Employer], tmp_path: Path
) -> None:
    file = tmp_path / "x.csv"
    file.write_text(as_csv([a_row(1, firm="港机厂")]), encoding="utf-8")
    list(commands.run(file=file, org="杭州市总工会", apply=True, now=NOW))
    assert not RollEntry.objects.exists()
