from django.db import migrations

REFUSE = """
CREATE FUNCTION orgs_history_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of organisations only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON orgs_orghistory
    FOR EACH ROW EXECUTE FUNCTION orgs_history_only_grows();
"""
ALLOW = "DROP TRIGGER only_grows ON orgs_orghistory; DROP FUNCTION orgs_history_only_grows();"


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_history_and_search")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
