from django.db import migrations

from casework.search import searchable


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_lists")]

    operations = [searchable("disclosure_disclosurerequest")]
