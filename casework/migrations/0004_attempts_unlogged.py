from django.db import migrations


def set_logged(logged):
    """Whether the counts of tries survive a crash of PostgreSQL: not worth a flush.

    Every look-up counts, and would otherwise wait until the disk has it.
    """
    word = "LOGGED" if logged else "UNLOGGED"

    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE casework_attempts SET {word}")

    return change


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_uploads")]

    operations = [migrations.RunPython(set_logged(False), set_logged(True))]
