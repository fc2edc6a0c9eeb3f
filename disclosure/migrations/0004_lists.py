import casework.pages
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_uploads"),
        ("disclosure", "0003_ledgers_of_the_past"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="disclosurerequest",
            name="disclosure_by_status",
        ),
        migrations.AlterField(
            model_name="disclosurerequest",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.agency",
                verbose_name="agency",
            ),
        ),
        migrations.AlterField(
            model_name="disclosurerequest",
            name="identity_hash",
            field=models.CharField(
                editable=False, max_length=64, verbose_name="identity document number"
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                casework.pages.DayOrLast("received_on"),
                models.F("id"),
                name="disclosure_list",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                casework.pages.DayOrLast("received_on"),
                models.F("id"),
                condition=models.Q(("closed_on", None)),
                name="disclosure_list_open",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                models.F("status"),
                casework.pages.DayOrLast("received_on"),
                models.F("id"),
                name="disclosure_list_status",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                models.F("agency"),
                casework.pages.DayOrLast("received_on"),
                models.F("id"),
                name="disclosure_list_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                casework.pages.DayOrLast("due_on"),
                models.F("id"),
                name="disclosure_list_due",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                casework.pages.DayOrLast("due_on"),
                models.F("id"),
                condition=models.Q(("closed_on", None)),
                name="disclosure_list_open_due",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(
                casework.pages.DayOrLast("closed_on"),
                models.F("id"),
                name="disclosure_list_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(fields=["identity_hash"], name="disclosure_identity"),
        ),
    ]
