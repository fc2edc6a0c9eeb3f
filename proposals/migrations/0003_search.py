from django.db import migrations

from casework.search import searchable


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_events_append_only")]

    operations = [
        searchable("proposals_proposal"),
        searchable("proposals_assignment"),
    ]
