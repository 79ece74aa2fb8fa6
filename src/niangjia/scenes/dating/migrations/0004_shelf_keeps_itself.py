"""The shelf follows the profiles by itself: once for each statement, whether it touches one profile or a million."""

from django.db import migrations

COPIED = "sex, district, education, marital, home_town, birth_date, height_cm, joined_on, active_week, turn"
PUT = f"""
    INSERT INTO dating_shelf (profile_id, hobby, {COPIED})
    SELECT DISTINCT ON (f.id, h.code) f.id, h.code, {", ".join("f." + name for name in COPIED.split(", "))}
      FROM fresh f CROSS JOIN unnest(f.hobbies) AS h (code)
"""
FORWARD = f"""
CREATE FUNCTION dating_shelf_put() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {PUT} WHERE f.verified_until IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION dating_shelf_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved uuid[];
BEGIN
    SELECT array_agg(f.id) INTO moved
      FROM fresh f JOIN was w ON w.id = f.id
     WHERE (f.hobbies, f.verified_until IS NULL, {", ".join("f." + name for name in COPIED.split(", "))})
           IS DISTINCT FROM
           (w.hobbies, w.verified_until IS NULL, {", ".join("w." + name for name in COPIED.split(", "))});
    IF moved IS NOT NULL THEN
        DELETE FROM dating_shelf WHERE profile_id = ANY (moved);
        {PUT} WHERE f.verified_until IS NOT NULL AND f.id = ANY (moved);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER shelf_put AFTER INSERT ON dating_profile
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION dating_shelf_put();
CREATE TRIGGER shelf_move AFTER UPDATE ON dating_profile
    REFERENCING OLD TABLE AS was NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION dating_shelf_move();

INSERT INTO dating_shelf (profile_id, hobby, {COPIED})
SELECT DISTINCT ON (f.id, h.code) f.id, h.code, {", ".join("f." + name for name in COPIED.split(", "))}
  FROM dating_profile f CROSS JOIN unnest(f.hobbies) AS h (code) WHERE f.verified_until IS NOT NULL;
"""
BACK = """
DROP TRIGGER shelf_move ON dating_profile; DROP TRIGGER shelf_put ON dating_profile;
DROP FUNCTION dating_shelf_move; DROP FUNCTION dating_shelf_put; TRUNCATE dating_shelf
"""


class Migration(migrations.Migration):
    dependencies = [("dating", "0003_shelf")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
