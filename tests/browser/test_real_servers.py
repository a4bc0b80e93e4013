"""The widget with the real servers behind it: what a patient does, from the pasted letter to leaving nothing behind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import requests
from document_files import photographed, saved
from panel import attach, box, log, menu, own, send
from playwright.sync_api import Locator, Page, expect
from servers import Server

LETTER = (Path(__file__).resolve().parents[1] / "letters" / "uhc_lumbar_commercial.txt").read_text("utf-8")
TURN_MS = 60_000
ENOUGH = 30


@pytest.fixture
def chat(page: Page, server: Server) -> Page:
    """The chat page after consent, which is the greeting's first button."""
    page.goto(server.url)
    options(page).first.click()
    answered(page)
    return page


def answered(page: Page) -> Locator:
    """The bot's messages after the person's last one, once the turn is done."""
    newest = page.locator(".message.own.newest ~ .message.bot")
    expect(newest.first).to_be_visible(timeout=TURN_MS)
    expect(page.locator(".typing, .status")).to_have_count(0, timeout=TURN_MS)
    return newest


def options(page: Page) -> Locator:
    """The buttons that can be pressed now."""
    return page.locator(".choice[aria-disabled=false]")


def say(page: Page, text: str) -> Locator:
    before = own(page).count()
    send(page, text)
    expect(own(page)).to_have_count(before + 1)
    return answered(page)


def press(page: Page, button: Locator) -> Locator:
    before = own(page).count()
    button.click()
    expect(own(page)).to_have_count(before + 1)
    return answered(page)


def to_the_documents(page: Page) -> None:
    """Answers what is asked, by a "no" button where there is one and by typing elsewhere, until a document is there."""
    pressed = typed = 0
    while page.locator(".document").count() == 0:
        assert pressed + typed < ENOUGH, answered(page).all_inner_texts()
        nothing = options(page).filter(has_text=re.compile(r"^(No|None)\b"))
        if nothing.count() and pressed <= typed:
            press(page, nothing.first)
            pressed += 1
        else:
            say(page, "I don't know")
            typed += 1
    assert pressed and typed


def downloaded(page: Page, format: str) -> bytes:
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile(f"^Download .* as {format}$")).first.click()
    return Path(saved.value.path()).read_bytes()


def token(page: Page) -> str:
    kept = json.loads(page.evaluate("JSON.stringify(sessionStorage)"))
    return next(value for name, value in kept.items() if name.endswith(":token"))


def test_from_the_pasted_letter_to_an_appeal_and_then_nothing_is_left(chat: Page, server: Server) -> None:
    page = chat
    say(page, LETTER)
    expect(own(page).last).to_be_in_viewport()
    read = page.locator(".card-reading").last
    expect(read).to_contain_text("UnitedHealthcare")
    day = read.get_by_role("listitem").filter(has_text="Date of the letter")
    expect(day).to_contain_text("November 2, 2026")

    press(page, day.get_by_role("button"))
    corrected = say(page, "November 12, 2026")
    expect(corrected.filter(has_text="November 12, 2026").first).to_be_visible()
    say(page, "pain in my lower back going down my left leg, for 9 weeks. 6 weeks of physical therapy, no help")

    said, bearer = page.locator(".message.bot .bubble").all_inner_texts(), token(page)
    page.reload()
    expect(page.locator(".message.bot .bubble")).to_have_text(said, use_inner_text=True)
    expect(own(page).last).to_contain_text("6 weeks of physical therapy, no help")
    assert token(page) == bearer

    to_the_documents(page)
    expect(page.locator(".card-deadline").last).to_contain_text("May 11, 2027")
    page.get_by_role("button", name=re.compile("^Read: ")).first.click()
    letter = page.frame_locator("iframe").locator("body")
    expect(letter).to_contain_text("EX-0001-22")
    expect(letter).to_contain_text(re.compile("physical therapy", re.IGNORECASE))
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_have_count(0)
    assert downloaded(page, "PDF").startswith(b"%PDF")
    assert downloaded(page, "Word").startswith(b"PK")

    menu(page, "Delete everything")
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("status").filter(has_text="This is a new conversation.")).to_be_visible()
    expect(options(page).first).to_be_visible()
    expect(own(page)).to_have_count(0)
    expect(log(page)).not_to_contain_text("UnitedHealthcare")
    expect(box(page)).to_have_value("")
    assert token(page) != bearer
    history = requests.get(
        f"{server.url}/webhooks/web/history", headers={"Authorization": f"Bearer {bearer}"}, timeout=60
    )
    assert history.status_code == 401


def test_a_photographed_letter_becomes_a_card_to_be_checked(chat: Page) -> None:
    page = chat
    photo = saved(photographed(shadow=True, turned=3.0), "JPEG")
    attach(page, {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo})
    expect(own(page).last).to_contain_text("Document: IMG_0001.jpg")
    answered(page)
    expect(log(page)).to_contain_text("The file itself is already deleted.")
    rows = page.locator(".card-reading").last.get_by_role("listitem")
    expect(rows.filter(has_text="Member ID")).to_contain_text("EX-4471-09")
    expect(rows.filter(has_text="Please check")).to_have_count(rows.count())
    page.reload()
    expect(own(page).last).to_contain_text("I sent a picture.")
    expect(page.locator(".card-reading").last).to_contain_text("November 2, 2026")


def test_an_emergency_is_an_alert_also_after_a_reload(chat: Page) -> None:
    page = chat
    say(page, "since this morning I am numb between my legs and I can't hold my urine")
    alert = page.get_by_role("alert")
    expect(alert.first).to_contain_text("911")
    expect(alert.first).to_be_in_viewport()
    page.reload()
    expect(page.get_by_role("alert").first).to_contain_text("911")
    expect(box(page)).to_be_enabled()
