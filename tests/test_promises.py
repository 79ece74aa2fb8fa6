"""The repository keeps its promises by itself: about people, about itself, about the machines it runs on."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from niangjia.core.accounts.models import Bucket, Session
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.rolls.models import BadRow

ROOT = Path(settings.ROOT)
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
PYTHON = [name for name in TRACKED if name.endswith(".py") and name.startswith("src/") and "/tests/" not in name]

# 国办函〔2026〕12号: no points rankings, check-in quotas, online-time or install-rate statistics
FORBIDDEN_FIELDS = re.compile(
    r"leader_?board|ranking|rank_|check_?in_(quota|streak|days)|streak|online_(time|minutes)|install_rate|last_seen|last_login"
)


def test_no_table_counts_what_may_not_be_counted() -> None:
    fields = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("niangjia")
        for field in model._meta.get_fields()
        if FORBIDDEN_FIELDS.search(field.name)
    ]
    assert fields == []


# keys of these never leave the database
NEVER_SHOWN = (Bucket, Session, ConsentRecord, BadRow)


def test_every_table_of_ours_has_keys_that_nobody_can_guess() -> None:
    sequential = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("niangjia")
        and model not in NEVER_SHOWN
        and model._meta.pk.get_internal_type() in {"AutoField", "BigAutoField"}
    ]
    assert sequential == []


@pytest.mark.parametrize("name", PYTHON)
def test_nothing_is_imported_late_to_hide_a_cycle(name: str) -> None:
    """Imports stand at the top; where one cannot, the line says why."""
    silent = [
        line.strip()
        for line in (ROOT / name).read_text().splitlines()
        if re.match(r"\s+(from|import) \S+", line) and "PLC0415" in line and not re.search(r"PLC0415\s+# \w+", line)
    ]
    assert silent == []


def test_every_setting_from_the_environment_is_documented() -> None:
    code = "\n".join((ROOT / name).read_text() for name in PYTHON)
    used = set(re.findall(r"""environ(?:\.get\(|\.setdefault\(|\[)["'](NIANGJIA_\w+|DATABASE_URL)["']""", code))
    documented = (ROOT / "src/niangjia/config/settings.py").read_text().split('"""')[1]
    inner = {"NIANGJIA_NO_DATABASE", "NIANGJIA_TEST_DB"}  # of builds and tests, not of installations
    assert {name for name in used - inner if name not in documented} == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    telltale = re.compile(r"/work/(main|shared|steering)|/root/\.|index-url\s+http|\"resolved\": \"http")
    guilty = [
        name
        for name in TRACKED
        if Path(name).suffix in {".py", ".txt", ".json", ".toml", ".md", ".sh", ".ts", ".vue", ""}
        and (ROOT / name).is_file()
        and name != "tests/test_promises.py"
        and telltale.search((ROOT / name).read_text(errors="ignore"))
    ]
    assert guilty == []
