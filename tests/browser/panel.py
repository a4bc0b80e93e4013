"""The parts of the chat panel as a person finds them: by role and name."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page


def log(page: Page) -> Locator:
    return page.get_by_role("log")


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
