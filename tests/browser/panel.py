"""The parts of the chat panel as a person finds them: by role and name."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def opened(page: Page, url: str, greeting: str) -> None:
    """Opens the page and waits until the talk so far has been fetched, which may be after the greeting is shown."""
    page.goto(url)
    expect(log(page)).to_contain_text(greeting)
    expect(log(page)).to_have_attribute("aria-busy", "false")


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your message")


def send(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


def own(page: Page) -> Locator:
    return page.locator(".message.own")


def menu(page: Page, item: str) -> None:
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name=item).click()


def attach(page: Page, *files: FilePayload | Path) -> None:
    """Chooses files by the button beside the box, as a person does."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach your letter").click()
    chooser.value.set_files(list(files))
