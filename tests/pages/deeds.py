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
    """Take a step from its button on the page of the case."""
    page.goto(f"{case}change/")
    page.click(f"a.step[href$='/{name}/']")
    fill(page, **facts)
    page.click("input[type=submit].default")
    page.wait_for_url("**/change/")
