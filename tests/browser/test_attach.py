"""Sending the letter as a file in the widget: by mouse, keyboard, dragging or pasting; what happens to it is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panel import attach, box, log, menu, opened, own, send
from playwright.sync_api import FilePayload, Page, Route, expect
from stub import Stub

PHOTO: FilePayload = {"name": "Pat Example.png", "mimeType": "image/png", "buffer": b"\x89PNG not looked at here"}
BUTTON = "Attach your letter: PDF, Word file or photo"
DRAGGED = """(name) => {
  const data = new DataTransfer();
  data.items.add(new File(["a letter"], "letter.pdf", { type: "application/pdf" }));
  const log = document.querySelector("#overturn-widget").shadowRoot.querySelector(".log");
  log.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true, composed: true }));
}"""
PASTED = """(words) => {
  const data = new DataTransfer();
  data.items.add(new File(["a picture"], "image.png", { type: "image/png" }));
  if (words) data.setData("text/plain", words);
  const box = document.querySelector("#overturn-widget").shadowRoot.querySelector("textarea");
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return box.dispatchEvent(event);
}"""


@pytest.fixture
def stub(page: Page) -> Iterator[Stub]:
    with Stub() as door:
        opened(page, door.url, "This is the stub")
        yield door


def test_its_way_is_shown_until_it_is_answered(page: Page, stub: Stub) -> None:
    attach(page, PHOTO)
    expect(own(page)).to_contain_text("Document: Pat Example.png")
    expect(page.get_by_text("Reading your document…")).to_be_visible()
    assert stub.files == [("file", "document", PHOTO["buffer"])]  # and its name went nowhere
    stub.say({"text": "I read your letter."}, in_reply_to=stub.uploads[0])
    expect(log(page)).to_contain_text("I read your letter.")
    expect(page.locator(".status")).to_have_count(0)
    expect(page.get_by_role("button", name=BUTTON)).to_be_focused()
    attach(page, PHOTO)  # the same file again
    expect(own(page)).to_have_count(2)


def test_it_can_be_done_by_keyboard_alone(page: Page, stub: Stub) -> None:
    page.on("filechooser", lambda chooser: chooser.set_files([PHOTO]))
    box(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name=BUTTON)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Reading your document…")).to_be_visible()


def test_what_the_server_does_not_take_is_said_in_its_words_and_nothing_typed_is_lost(page: Page, stub: Stub) -> None:
    box(page).fill("half a sentence")
    stub.refusal = {"code": "unsupported", "message": "I cannot read a GIF picture. Please send a PDF."}
    attach(page, PHOTO)
    expect(page.get_by_role("alert")).to_contain_text("I cannot read a GIF picture. Please send a PDF.")
    expect(own(page)).to_have_count(0)
    expect(box(page)).to_have_value("half a sentence")


def test_a_file_that_is_too_large_never_leaves(page: Page, stub: Stub, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(20_000_001)
    attach(page, large)
    expect(page.get_by_role("alert")).to_contain_text("up to 20 MB")
    assert stub.files == []


def test_without_a_line_it_says_so(page: Page, stub: Stub) -> None:
    page.route("**/webhooks/web/uploads", lambda route: route.abort())
    attach(page, PHOTO)
    expect(page.get_by_role("alert")).to_contain_text("The document could not be sent.")
    expect(own(page)).to_have_count(0)


def test_a_reload_and_a_lost_line_show_it_once_and_stop_waiting(page: Page, stub: Stub) -> None:
    attach(page, PHOTO)
    expect(page.get_by_text("Reading your document…")).to_be_visible()
    stub.cut()
    expect(page.locator(".status")).to_have_count(0, timeout=20_000)
    expect(own(page)).to_have_count(1)
    page.reload()
    expect(own(page)).to_have_text(["You: I sent a picture."])


def test_it_can_be_dragged_onto_the_conversation(page: Page, stub: Stub) -> None:
    page.evaluate(DRAGGED, "dragover")
    expect(page.get_by_text("Let go to send this document")).to_be_visible()
    page.evaluate(DRAGGED, "drop")
    expect(page.get_by_text("Let go to send this document")).to_have_count(0)
    expect(own(page)).to_contain_text("Document: letter.pdf")
    expect(page.get_by_text("Reading your document…")).to_be_visible()
    assert [content for _, _, content in stub.files] == [b"a letter"]


def test_a_copied_picture_is_sent_and_copied_words_are_pasted(page: Page, stub: Stub) -> None:
    assert page.evaluate(PASTED, "the words of the letter") is True
    expect(own(page)).to_have_count(0)
    assert page.evaluate(PASTED, "") is False
    expect(own(page)).to_contain_text("Document: image.png")


def test_several_pages_go_one_after_the_other(page: Page, stub: Stub) -> None:
    attach(page, *({**PHOTO, "name": f"{n}.png", "buffer": b"page %d" % n} for n in (1, 2, 3)))
    expect(own(page)).to_have_count(3)
    expect(page.get_by_text("Reading your document…")).to_have_count(1)
    expect(page.get_by_text("Sending your document…")).to_have_count(2)
    stub.say({"text": "I read page one."}, in_reply_to=stub.uploads[0])
    expect(page.get_by_text("Sending your document…")).to_have_count(1)
    stub.say({"text": "I read page two."}, in_reply_to=stub.uploads[1])
    expect(page.get_by_text("Sending your document…")).to_have_count(0)
    assert [content for _, _, content in stub.files] == [b"page 1", b"page 2", b"page 3"]


@pytest.mark.parametrize("shown", ["Opening the conversation…", "This is the stub"])
def test_a_file_chosen_while_the_conversation_begins_waits_for_it(page: Page, shown: str) -> None:
    with Stub() as door:
        door.slow = 0.5
        page.goto(door.url)
        expect(log(page)).to_contain_text(shown)
        expect(log(page)).to_have_attribute("aria-busy", "true")
        attach(page, PHOTO)
        expect(log(page)).to_have_attribute("aria-busy", "false")
        while not door.uploads:
            page.wait_for_timeout(20)
        door.say({"text": "I read it."}, in_reply_to=door.uploads[0])
        expect(log(page)).to_contain_text("I read it.")
        expect(own(page)).to_have_count(1)
        assert [content for _, _, content in door.files] == [PHOTO["buffer"]]


def test_a_file_chosen_before_a_beginning_that_fails_is_said_to_be_unsent(page: Page) -> None:
    with Stub() as door:
        begins: list[Route] = []
        page.route("**/webhooks/web/sessions", lambda route: begins.append(route))
        page.goto(door.url)
        expect(log(page)).to_contain_text("Opening the conversation…")
        attach(page, PHOTO)
        expect(own(page)).to_have_count(1)
        begins[0].abort()
        expect(page.get_by_role("alert")).to_contain_text("The document could not be sent. Please try again")
        page.unroute("**/webhooks/web/sessions")
        page.get_by_role("button", name="Try again").click()
        expect(log(page)).to_contain_text("This is the stub")
        expect(own(page)).to_have_count(0)
        assert door.files == []


def test_a_file_is_kept_only_when_the_person_asks_for_it(page: Page, stub: Stub) -> None:
    menu(page, "Keep the files I send")
    expect(page.get_by_role("status").filter(has_text="are kept with your case, encrypted")).to_be_visible()
    page.reload()
    attach(page, PHOTO)
    expect(page.get_by_text("Reading your document…")).to_be_visible()
    stub.documents["d1.png"] = ("image/png", PHOTO["buffer"])
    link = {"id": "d1", "kind": "original", "title": "The file you sent", "formats": ["png"]}
    stub.say({"text": "I keep it.", "documents": [link]}, in_reply_to=stub.uploads[0])
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download The file you sent as PNG picture").click()
    assert saved.value.suggested_filename == "The file you sent.png"
    assert Path(saved.value.path()).read_bytes() == PHOTO["buffer"]
    menu(page, "Do not keep the files I send")
    attach(page, PHOTO)
    expect(own(page)).to_have_count(2)
    expect(page.get_by_text("Reading your document…")).to_be_visible()
    assert stub.keeps == ["yes", None]


def test_a_gone_conversation_takes_no_file(page: Page, stub: Stub) -> None:
    stub.forget()
    attach(page, PHOTO)
    expect(page.get_by_text("This conversation is no longer open.")).to_be_visible()


def test_talk_goes_on_while_it_is_read(page: Page, stub: Stub) -> None:
    attach(page, PHOTO)
    send(page, "my knee hurts")
    expect(log(page)).to_contain_text("Heard: my knee hurts")
    expect(page.get_by_text("Reading your document…")).to_be_visible()
