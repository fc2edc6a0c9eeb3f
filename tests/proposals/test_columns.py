"""The columns of a ledger of items can be told apart in every language."""

from collections import Counter

import pytest

from casework.folding import fold
from casework.sheets.columns import in_each_language
from proposals.ledger import told
from proposals.models import Proposal
from proposals.resources import ProposalResource
from tests.items import make_item


def test_no_two_columns_share_a_name():
    names = Counter()
    for column in ProposalResource.columns():
        spelt = [column.code, *in_each_language(column.label), *column.names]
        names.update({fold(name) for name in spelt})
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.django_db
def test_each_column_is_told_of_an_item():
    case = Proposal.objects.get(pk=make_item().pk)
    codes = [column.code for column in ProposalResource.columns()]
    assert sorted(told(case)) == sorted(codes)
