from django.db import migrations

STEPS_ONLY_GROW = """
CREATE FUNCTION workflow_steps_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- a person who leaves for good is taken out of the history, nothing else may change
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND (to_jsonb(NEW) - 'by_id') = (to_jsonb(OLD) - 'by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the history of a case only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON workflow_step
FOR EACH ROW EXECUTE FUNCTION workflow_steps_only_grow();
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [migrations.RunSQL(STEPS_ONLY_GROW, "DROP FUNCTION workflow_steps_only_grow CASCADE")]
