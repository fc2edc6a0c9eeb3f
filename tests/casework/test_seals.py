"""What is sealed is opened by a key, and by nothing else."""

import pytest
from cryptography.fernet import Fernet
from django.test import override_settings

from casework.seals import InvalidToken, fingerprint, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
NUMBER = "000000199003077718"


def test_a_seal_opens_to_the_same_text():
    assert unseal(seal(NUMBER)) == NUMBER
    assert NUMBER not in seal(NUMBER)


def test_two_seals_of_a_text_cannot_be_told_to_be_of_the_same():
    assert seal(NUMBER) != seal(NUMBER)


def test_nothing_stays_nothing():
    assert (seal(""), unseal("")) == ("", "")


def test_another_key_opens_nothing():
    sealed = seal(NUMBER)
    with override_settings(SEALING_KEYS=[NEW]), pytest.raises(InvalidToken):
        unseal(sealed)


def test_keys_are_changed_without_a_loss():
    with override_settings(SEALING_KEYS=[OLD]):
        sealed = seal(NUMBER)
    with override_settings(SEALING_KEYS=[NEW, OLD]):
        assert unseal(sealed) == NUMBER
        sealed = seal(NUMBER)
    with override_settings(SEALING_KEYS=[NEW]):
        assert unseal(sealed) == NUMBER


def test_a_fingerprint_recognises_and_does_not_tell():
    known = fingerprint("identity", NUMBER)
    assert known == fingerprint("identity", NUMBER)
    assert len(known) == 64
    assert NUMBER not in known


def test_a_fingerprint_depends_on_each_part_and_on_the_key():
    with override_settings(FINGERPRINT_KEY="another"):
        other_key = fingerprint("query", "12", "3")
    prints = {
        fingerprint("query", "12", "3"),
        fingerprint("query", "1", "23"),
        fingerprint("query", "123"),
        fingerprint("identity", "12", "3"),
        other_key,
    }
    assert len(prints) == 5
