"""The people of the sample office, one or more for each role."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from casework.models import User

PASSWORD = "vq7m-t3xr-9hkd"
"""Known to everyone who reads this: the sample is made only while DEBUG is on."""


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    agency: str
    role: str
    """The name of the group."""


CLERK = Person("wang.min", "王敏", "BJ", "clerk")
CHIEF = Person("li.jun", "李军", "BJ", "approver")
CITY_OFFICE = Person("zhang.hua", "张华", "BJ", "city office")
COUNTY_CLERK = Person("zhao.lei", "赵磊", "WBQ", "clerk")
DEPARTMENT_CLERK = Person("chen.jing", "陈静", "GTJ", "clerk")
PEOPLE = (
    CLERK,
    CHIEF,
    CITY_OFFICE,
    COUNTY_CLERK,
    DEPARTMENT_CLERK,
    Person("liu.yang", "刘洋", "BJ", "auditor"),
    Person("sun.tao", "孙涛", "BJ", "system administrator"),
)


def make_people(agencies) -> dict[str, User]:
    """The accounts by log-in name, made where they are missing, else left alone."""
    users = {}
    missing = {person.username for person in PEOPLE} - set(
        User.objects.values_list("username", flat=True)
    )
    # One hash for all of them: it takes a third of a second.
    password = make_password(PASSWORD) if missing else ""
    for person in PEOPLE:
        if person.username in missing:
            user = User.objects.create(
                username=person.username,
                name=person.name,
                is_staff=True,
                password=password,
            )
            user.agencies.add(agencies[person.agency])
            user.groups.set(Group.objects.filter(name=person.role))
        users[person.username] = User.objects.get(username=person.username)
    return users
