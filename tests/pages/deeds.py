"""What people do at their screens: log in, fill a form in, take a step."""

from reports.sample.people import PASSWORD


def log_in(page, person):
    page.goto("/admin/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")


def fill(page, **fields):
    for name, value in fields.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def take(page, case, name, **facts):
    """Take a step from its button on the desk's page of the case."""
    page.goto(case)
    page.locator(f"a[href$='/step/{name}/']").first.click()
    fill(page, **facts)
    confirm(page)


def confirm(page):
    """Press the button of a step's form, and come back to the case."""
    page.click("form.deed .case-steps button")
    page.wait_for_url(lambda address: "/step/" not in address)


def at_desk(page) -> str:
    """The desk's page of the case that the admin shows."""
    return page.locator(
        "main a[href^='/desk/'], #content a[href^='/desk/']"
    ).evaluate_all(
        "links => links.map(one => one.getAttribute('href')).find("
        "one => /[0-9]\\/$/.test(one))"
    )
