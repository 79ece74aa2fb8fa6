"""Codes and counted tries do not pile up (check E8)."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.core.accounts import codes, jobs
from niangjia.core.accounts.models import Bucket, Session, SignInCode


@pytest.mark.django_db
def test_codes_and_counts_are_deleted_a_day_after_their_end_and_sessions_at_theirs(
    phones: Any, make_person: Any, api: Any, now: Any
) -> None:
    codes.send_code(phone="19900000001", address="10.0.0.1", now=now)
    api(make_person(1))
    ends = Session.objects.get().expire_date
    jobs.forget(now=now + codes.LIFE + jobs.STAYS - timedelta(seconds=1))
    assert SignInCode.objects.exists()
    jobs.forget(now=now + timedelta(days=3))
    assert not SignInCode.objects.exists()
    assert not Bucket.objects.exists()
    jobs.forget(now=ends - timedelta(seconds=1))
    assert Session.objects.exists()
    jobs.forget(now=ends + timedelta(seconds=1))
    assert not Session.objects.exists()
