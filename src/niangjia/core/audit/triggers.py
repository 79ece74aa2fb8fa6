"""SQL for migrations: the log is append-only, and tables of personal facts tell it which columns changed."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.place IS NULL AND NEW.place IS NOT NULL
       AND (to_jsonb(NEW) - 'place' - 'mac') = (to_jsonb(OLD) - 'place' - 'mac') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
"""

CHANGES = """
CREATE FUNCTION audit_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    changed text[];
BEGIN
    SELECT array_agg(key ORDER BY key) INTO changed
      FROM (SELECT key FROM jsonb_object_keys(was || is_now) AS key) keys
     WHERE was -> key IS DISTINCT FROM is_now -> key AND NOT key = ANY (TG_ARGV[1]::text[]);
    IF changed IS NOT NULL THEN
        INSERT INTO audit_event (id, at, action, actor_id, subject_id, target_table, target_id, columns, purpose)
        VALUES (gen_random_uuid(), clock_timestamp(), lower(TG_OP),
                NULLIF(current_setting('niangjia.actor', true), '')::uuid,
                COALESCE(is_now ->> TG_ARGV[0], was ->> TG_ARGV[0])::uuid,
                TG_TABLE_NAME, COALESCE(is_now ->> 'id', was ->> 'id', ''),
                CASE WHEN TG_OP = 'UPDATE' THEN changed ELSE '{}' END, '');
    END IF;
    RETURN NULL;
END $$;
"""

# Sealing a value anew with another key changes its bytes and nothing that it says: that is told once for all rows.
CHANGES_BUT_KEYS = CHANGES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "BEGIN\n    SELECT array_agg",
    "BEGIN\n    IF current_setting('niangjia.sealing_anew', true) = 'on' THEN\n        RETURN NULL;\n    END IF;\n"
    "    SELECT array_agg",
)

# The row may hold something of the person's instead of the person: then the third word names the table of it.
CHANGES_OF_OWNERS = (
    CHANGES_BUT_KEYS.replace(
        "    changed text[];\n",
        "    changed text[];\n    owner uuid;\n",
    )
    .replace(
        "        INSERT INTO audit_event",
        "        owner := COALESCE(is_now ->> TG_ARGV[0], was ->> TG_ARGV[0])::uuid;\n"
        "        IF TG_NARGS > 2 THEN\n"
        "            EXECUTE format('SELECT person_id FROM %I WHERE id = $1', TG_ARGV[2]) INTO owner USING owner;\n"
        "        END IF;\n"
        "        INSERT INTO audit_event",
    )
    .replace("COALESCE(is_now ->> TG_ARGV[0], was ->> TG_ARGV[0])::uuid,\n", "owner,\n")
)


def watch(
    table: str, *, subject: str, ignore: tuple[str, ...] = (), of: str = "", name: str = "audit_changes"
) -> migrations.RunSQL:
    """A migration step: from now on every insert, update and delete on `table` leaves an audit event.

    `subject` is the column that holds the person concerned, or the key of a row of theirs in the table `of`; `ignore`
    names columns whose change is nobody's business; `name` makes room for a second person.
    """
    words = ", ".join(f"'{word}'" for word in (subject, f"{{{','.join(ignore)}}}", of) if word)
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_changes({words})",
        f"DROP TRIGGER {name} ON {table}",
    )
