from django.db import migrations

from casework.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]

    operations = [
        append_only("proposals_proposalevent"),
        append_only("proposals_assignmentevent"),
    ]
