"""What an import means for the roll, worked out by the database over all rows at once.

For every employer that the table names, the table is the whole roll: who is missing from it has left. But nobody leaves
because of a slip of the pen: an employer with bad rows loses nobody, nor does anybody leave whose ID number or phone
stands in a bad row.
"""

from uuid import UUID

from django.db import connection

from niangjia.core.rolls.types import Counts

_SAME_PLACE = "e.employer_id = s.employer_id AND e.key = s.key AND e.ended_id IS NULL"
_DIFFERS = """(s.name_index <> e.name_index
    OR (s.id_index IS NOT NULL AND s.id_index IS DISTINCT FROM e.id_index)
    OR (s.phone_index IS NOT NULL AND s.phone_index IS DISTINCT FROM e.phone_index)
    OR (s.joined_on IS NOT NULL AND s.joined_on IS DISTINCT FROM e.joined_on))"""
_LEAVES = """e.ended_id IS NULL
    AND e.employer_id IN (SELECT employer_id FROM rolls_import_employers WHERE import_id = %(of)s)
    AND NOT EXISTS (
        SELECT FROM rolls_stagedrow s WHERE s.of_id = %(of)s AND s.employer_id = e.employer_id AND s.key = e.key)
    AND NOT EXISTS (SELECT FROM rolls_badrow b WHERE b.of_id = %(of)s AND b.employer_id = e.employer_id)
    AND NOT EXISTS (SELECT FROM rolls_badrow b WHERE b.of_id = %(of)s AND b.id_index = e.id_index)
    AND NOT EXISTS (SELECT FROM rolls_badrow b WHERE b.of_id = %(of)s AND b.phone_index = e.phone_index)"""

_COUNT = f"""
SELECT count(*) FILTER (WHERE e.id IS NULL), count(*) FILTER (WHERE e.id IS NOT NULL AND {_DIFFERS}), count(*)
  FROM rolls_stagedrow s LEFT JOIN rolls_rollentry e ON {_SAME_PLACE} WHERE s.of_id = %(of)s
"""  # noqa: S608  # all its parts stand above
_COUNT_LEAVING = f"SELECT count(*) FROM rolls_rollentry e WHERE {_LEAVES}"  # noqa: S608  # same
_END_CHANGED = f"""
UPDATE rolls_rollentry e SET ended_id = %(of)s FROM rolls_stagedrow s
 WHERE s.of_id = %(of)s AND {_SAME_PLACE} AND {_DIFFERS}
"""  # noqa: S608  # same
_END_LEAVING = f"UPDATE rolls_rollentry e SET ended_id = %(of)s WHERE {_LEAVES}"  # noqa: S608  # same
_BEGIN = f"""
INSERT INTO rolls_rollentry (id, employer_id, key, legal_name, name_index, id_index, phone_index, joined_on, begun_id)
SELECT s.id, s.employer_id, s.key, s.legal_name, s.name_index, COALESCE(s.id_index, was.id_index),
       COALESCE(s.phone_index, was.phone_index), COALESCE(s.joined_on, was.joined_on), %(of)s
  FROM rolls_stagedrow s
  LEFT JOIN rolls_rollentry was
    ON was.employer_id = s.employer_id AND was.key = s.key AND was.ended_id = %(of)s
 WHERE s.of_id = %(of)s AND NOT EXISTS (SELECT FROM rolls_rollentry e WHERE {_SAME_PLACE})
 ORDER BY s.employer_id, s.key  -- sorting reads all before anything is written: it must not meet its own rows
"""  # noqa: S608  # same


def counts(import_id: UUID, *, bad: int, gone: int) -> Counts:
    """What the import would do to the roll as it is now."""
    of = {"of": import_id}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, of)
        new, changed, rows = cursor.fetchone()
        cursor.execute(_COUNT_LEAVING, of)
        (left,) = cursor.fetchone()
    return Counts(new=new, changed=changed, same=rows - new - changed, left=left, gone=gone, bad=bad)


def carry_out(import_id: UUID) -> None:
    """Do it, in the caller's transaction, the employers locked."""
    with connection.cursor() as cursor:
        for statement in (_END_LEAVING, _END_CHANGED, _BEGIN):
            cursor.execute(statement, {"of": import_id})
        cursor.execute("DELETE FROM rolls_stagedrow WHERE of_id = %(of)s", {"of": import_id})


def take_back(import_id: UUID) -> None:
    """What the import began is deleted, what it ended lives again; in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rolls_rollentry WHERE begun_id = %(of)s", {"of": import_id})
        cursor.execute("UPDATE rolls_rollentry SET ended_id = NULL WHERE ended_id = %(of)s", {"of": import_id})
