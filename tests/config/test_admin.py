"""What the stock admin site has and ours has not."""

import pytest
from django.urls import NoReverseMatch, reverse


def test_the_admin_does_not_lead_to_any_object_by_its_type_and_key():
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])
