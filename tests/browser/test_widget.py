"""The chat widget as a person meets it: Chromium, the built bundle, and a web door that a test tells what to say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panel import box, log, menu, opened, own, send
from playwright.sync_api import Browser, Page, expect
from stub import Stub

READING = {
    "type": "reading",
    "title": "What I read",
    "rows": [
        {
            "id": "study.id",
            "label": "Scan",
            "value": "MRI of the knee",
            "state": "read",
            "source": "MRI knee without contrast",
            "who": "document",
            "choice": "c-study",
        },
        {
            "id": "denial.notice_date",
            "label": "Date of the letter",
            "value": "November 2, 2026",
            "state": "confirm",
            "source": "",
            "who": "",
            "choice": "c-date",
        },
    ],
}


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as door:
        yield door


def enter(page: Page, stub: Stub) -> None:
    opened(page, stub.url, stub.greeting[0]["text"])


def arrived(page: Page, stub: Stub) -> None:
    """Waits until the server has a message: the page shows its own before that."""
    while not stub.received:
        page.wait_for_timeout(20)


def ids(stub: Stub) -> list[str]:
    return [said["id"] for said in stub.received]


def test_a_new_conversation_greets_and_answers(page: Page, stub: Stub) -> None:
    enter(page, stub)
    send(page, "My MRI was denied")
    expect(log(page)).to_contain_text("Heard: My MRI was denied")
    expect(box(page)).to_have_value("")
    assert [said["text"] for said in stub.received] == ["My MRI was denied"]
    expect(page.get_by_text("Not medical or legal advice. In an emergency call 911.")).to_be_visible()


def test_the_page_asks_nobody_but_its_own_server(page: Page, stub: Stub) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    enter(page, stub)
    assert any("/socket.io/" in url for url in asked)
    assert [url for url in asked if not url.startswith((stub.url, "data:"))] == []
    assert not any("polling" in url for url in asked)


def test_no_session_is_made_before_the_panel_is_opened(page: Page, stub: Stub) -> None:
    stub.tag = '<script src="/widget.js" defer data-title="Help at Example Clinic"></script>'
    page.goto(stub.url)
    launcher = page.get_by_role("button", name="Help with a denied scan")
    expect(launcher).to_be_visible()
    assert stub.begun == 0
    launcher.click()
    expect(log(page)).to_contain_text("This is the stub")
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("heading", name="Help at Example Clinic")).to_be_visible()
    assert stub.begun == 1
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()


def test_it_works_on_another_site_whatever_that_site_looks_like(page: Page, stub: Stub) -> None:
    policy = f"default-src 'none'; script-src {stub.url}; connect-src {stub.url} {stub.url.replace('http', 'ws')}"
    stub.tag = (
        f"<meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
        f'<script src="{stub.url}/widget.js" defer data-open></script>'
    )
    page.goto(stub.url.replace("127.0.0.1", "localhost"))
    expect(log(page)).to_contain_text("This is the stub")
    send(page, "from the clinic's site")
    expect(log(page)).to_contain_text("Heard: from the clinic's site")
    expect(page.get_by_role("region", name="Chat about a denied scan")).to_have_css("position", "fixed")


def test_a_button_sends_its_id_and_then_none_of_its_message_works(page: Page, stub: Stub) -> None:
    stub.greeting = [
        {"text": "Agree?", "buttons": [{"id": "b-yes", "title": "I agree"}, {"id": "b-no", "title": "No"}]}
    ]
    stub.answer = lambda said: [{"text": "Thank you."}]
    enter(page, stub)
    page.get_by_role("button", name="I agree").click()
    expect(log(page)).to_contain_text("Thank you.")
    assert [(said.get("choice"), "text" in said) for said in stub.received] == [("b-yes", False)]
    expect(own(page)).to_contain_text("I agree")
    expect(page.get_by_role("button", name="I agree (chosen)")).to_be_disabled()
    expect(page.get_by_role("button", name="No", exact=True)).to_have_count(0)
    page.get_by_role("button", name="I agree (chosen)").click(force=True)
    page.reload()
    expect(page.get_by_role("button", name="I agree (chosen)")).to_be_disabled()
    expect(page.get_by_role("button", name="No", exact=True)).to_have_count(0)
    assert len(stub.received) == 1


def test_buttons_are_over_when_the_answer_is_typed(page: Page, stub: Stub) -> None:
    stub.greeting = [{"text": "Agree?", "buttons": [{"id": "b-yes", "title": "I agree"}]}]
    enter(page, stub)
    expect(page.get_by_role("button", name="I agree")).to_be_enabled()
    send(page, "sure")
    expect(log(page)).to_contain_text("Heard: sure")
    expect(page.get_by_role("button", name="I agree")).to_have_count(0)


def test_a_card_says_each_state_in_words_and_change_sends_its_choice(page: Page, stub: Stub) -> None:
    stub.greeting = [{"text": "Please check.", "card": READING}]
    enter(page, stub)
    send(page, "a word in between")
    expect(log(page)).to_contain_text("Heard: a word in between")
    card = page.get_by_role("region", name="What I read")
    scan, day = card.get_by_role("listitem").all()
    expect(scan.locator(".state")).to_have_count(0)
    expect(scan).to_contain_text("From your letter")
    expect(scan).to_contain_text("“MRI knee without contrast”")
    expect(day).to_contain_text("Please check")
    card.get_by_role("button", name="Change: Date of the letter").click()
    expect(own(page).last).to_contain_text("Change: Date of the letter")
    expect(log(page)).to_contain_text("Heard: None")
    assert stub.received[-1].get("choice") == "c-date"
    expect(card.get_by_role("button", name="Change: Scan")).to_be_hidden()


def test_a_source_that_only_repeats_the_value_is_left_out(page: Page, stub: Stub) -> None:
    row = {"id": "r", "label": "Scan", "state": "read", "who": "", "choice": None}
    rows = [
        {**row, "value": "MRI of the knee", "source": "MRI  of\nthe knee"},
        {**row, "value": "November 9, 2026", "source": "11/09/2026"},
    ]
    stub.greeting = [{"text": "Please check.", "card": {"type": "reading", "title": "What I read", "rows": rows}}]
    enter(page, stub)
    same, other = page.get_by_role("region", name="What I read").get_by_role("listitem").all()
    expect(other).to_contain_text("In the text: “11/09/2026”")
    expect(same).to_have_text("ScanMRI of the knee")


def test_a_long_answer_is_read_from_its_start_screen_by_screen(page: Page, stub: Stub) -> None:
    stub.answer = lambda said: [{"text": f"Part {n}.\n\n" + "More to read.\n\n" * 12} for n in range(4)]
    enter(page, stub)
    send(page, "tell me all")
    expect(log(page)).to_contain_text("Part 3.")
    expect(own(page)).to_be_in_viewport(ratio=1)
    more = page.get_by_role("button", name="More below")
    seen = 0
    while more.count():
        seen += 1
        assert seen < 20
        more.click()
    assert seen > 2
    assert log(page).evaluate("e => e.scrollHeight - e.scrollTop - e.clientHeight < 80")
    log(page).evaluate("e => { e.scrollTop = 0 }")
    stub.say({"text": "And one more thing."})
    expect(more).to_be_visible()


def test_the_safe_date_is_large(page: Page, stub: Stub) -> None:
    row = {
        "id": "r",
        "label": "Send it by",
        "value": "December 31, 2026",
        "state": "read",
        "source": "42 CFR",
        "who": "",
    }
    stub.greeting = [{"text": "Plain words", "card": {"type": "deadline", "title": "Your deadline", "rows": [row]}}]
    enter(page, stub)

    def size(text: str) -> float:
        return float(page.get_by_text(text).evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))

    assert size("December 31, 2026") > 1.25 * size("Plain words")
    assert size("42 CFR") < size("Plain words")


def test_a_letter_is_read_on_the_page_with_the_token_and_without_scripts(page: Page, stub: Stub) -> None:
    letter = (
        "<!doctype html><title>x</title><style>h1 {color: rgb(1, 2, 3)}</style><h1>Appeal</h1><p id='p'>Untouched</p>"
        "<script>document.getElementById('p').textContent = 'changed'</script>"
        f"<img src='{stub.url}/spy.png' onerror=\"document.getElementById('p').textContent = 'changed'\">"
    )
    stub.documents = {"d1.html": ("text/html", letter.encode()), "d1.pdf": ("application/pdf", b"%PDF-1.7 test")}
    link = {"id": "d1", "kind": "appeal", "title": "Appeal: knee/MRI", "formats": ["html", "pdf"]}
    stub.greeting = [{"text": "Your letter.", "documents": [link]}]
    enter(page, stub)
    page.get_by_role("button", name="Read: Appeal: knee/MRI").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Appeal")).to_be_visible()
    expect(frame.locator("#p")).to_have_text("Untouched")
    expect(frame.get_by_role("heading")).to_have_css("color", "rgb(1, 2, 3)")
    assert "allow-scripts" not in (page.locator("iframe").get_attribute("sandbox") or "")
    expect(frame.locator("img")).to_have_js_property("complete", True)
    assert "/spy.png" not in stub.asked and "/webhooks/web/documents/d1.html" in stub.asked
    assert stub.authorizations[-1] == f"Bearer {stub.token}"
    assert not any(str(stub.token) in address for address in stub.asked)
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_have_count(0)
    expect(log(page)).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download Appeal: knee/MRI as PDF").click()
    assert saved.value.suggested_filename == "Appeal knee MRI.pdf"
    assert Path(saved.value.path()).read_bytes() == b"%PDF-1.7 test"
    expect(page.get_by_role("button", name="as Word")).to_have_count(0)


def test_a_letter_that_cannot_be_had_says_so(page: Page, stub: Stub) -> None:
    link = {"id": "gone", "kind": "appeal", "title": "Appeal", "formats": ["html"]}
    stub.greeting = [{"text": "Your letter.", "documents": [link]}]
    enter(page, stub)
    page.get_by_role("button", name="Read: Appeal").click()
    expect(page.get_by_role("alert")).to_have_text("The document could not be opened. Please try again.")
    expect(log(page)).to_be_visible()


def test_the_history_is_there_after_a_reload_once(page: Page, stub: Stub) -> None:
    enter(page, stub)
    send(page, "My knee locks")
    expect(log(page)).to_contain_text("Heard: My knee locks")
    page.reload()
    expect(log(page)).to_contain_text("Heard: My knee locks")
    expect(own(page)).to_have_count(1)
    expect(page.get_by_text("This is the stub")).to_have_count(1)
    # An acknowledgement that the reload cut off has the message sent again, under its id.
    assert stub.begun == 1 and len({message["id"] for message in stub.received}) == 1


def test_a_draft_survives_a_reload(page: Page, stub: Stub) -> None:
    enter(page, stub)
    box(page).fill("Half a sentence\nand more")
    page.reload()
    expect(box(page)).to_have_value("Half a sentence\nand more")
    assert stub.received == []


def test_a_message_without_acknowledgement_is_sent_again_under_its_id_and_answered_once(page: Page, stub: Stub) -> None:
    enter(page, stub)
    stub.mute = True
    send(page, "Are you there?")
    expect(page.get_by_text("Sending…")).to_be_visible()
    arrived(page, stub)
    stub.mute, stub.closed = False, True
    stub.cut()
    expect(page.get_by_text("The connection was lost. Trying again…")).to_be_visible()
    send(page, "And this one while away")
    expect(own(page).last).to_contain_text("Not sent yet")
    stub.closed = False
    expect(log(page)).to_contain_text("Heard: And this one while away", timeout=15_000)
    expect(page.get_by_text("The connection was lost")).to_have_count(0)
    expect(page.get_by_text("Sending…")).to_have_count(0)
    assert ids(stub).count(stub.received[0]["id"]) == 2
    assert len(set(ids(stub))) == 2
    expect(own(page)).to_have_count(2)


def test_what_was_not_sent_is_sent_after_a_reload(page: Page, stub: Stub) -> None:
    enter(page, stub)
    stub.mute = True
    send(page, "Do not lose this")
    expect(page.get_by_text("Sending…")).to_be_visible()
    arrived(page, stub)
    stub.transcript = stub.transcript[:1]  # the server never kept it
    page.reload()
    stub.mute = False
    expect(log(page)).to_contain_text("Heard: Do not lose this")
    expect(own(page)).to_have_count(1)
    assert len(set(ids(stub))) == 1


def test_messages_missed_while_away_are_there_after_reconnecting(page: Page, stub: Stub) -> None:
    enter(page, stub)
    stub.closed = True
    stub.cut()
    expect(page.get_by_text("The connection was lost")).to_be_visible()
    stub.say({"text": "You were away when I said this."})
    while not stub.turned_away:
        page.wait_for_timeout(50)
    stub.closed = False
    expect(log(page)).to_contain_text("You were away when I said this.", timeout=15_000)


def test_a_message_that_comes_twice_is_shown_once(page: Page, stub: Stub) -> None:
    enter(page, stub)
    stub.say({"id": "same", "text": "Only once."})
    stub.say({"id": "same", "text": "Only once."}, {"text": "The end."})
    expect(log(page)).to_contain_text("The end.")
    expect(page.get_by_text("Only once.")).to_have_count(1)


def test_a_refused_text_goes_back_into_the_box_with_the_reason(page: Page, stub: Stub) -> None:
    enter(page, stub)
    stub.refusal = {"code": "rate_limited", "message": "That was a lot at once."}
    send(page, "My long story")
    expect(page.get_by_role("alert")).to_contain_text("That was a lot at once.")
    expect(box(page)).to_have_value("My long story")
    expect(own(page)).to_have_count(0)
    box(page).press("Enter")
    expect(log(page)).to_contain_text("Heard: My long story")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_refused_button_can_be_pressed_again_unless_it_is_used_up(page: Page, stub: Stub) -> None:
    stub.greeting = [{"text": "Agree?", "buttons": [{"id": "b-yes", "title": "I agree"}]}]
    enter(page, stub)
    button = page.get_by_role("button", name="I agree")
    stub.refusal = {"code": "rate_limited", "message": "Please wait."}
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Please wait.")
    expect(button).to_be_enabled()
    stub.refusal = {"code": "unknown_choice", "message": "That button does not work any more."}
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("does not work any more")
    expect(button).to_be_disabled()


HOSTILE = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "**<svg onload=\"document.title='owned'\">**",
    "[press](javascript:document.title='owned')",
    "[press](data:text/html,<b>x</b>)",
    "[press](http://plain.example)",
    "[press](https://ok.example\" onmouseover=\"document.title='owned')",
    "- <iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
]


def test_hostile_text_stays_text(page: Page, stub: Stub) -> None:
    text = "\n\n".join(HOSTILE)
    row = {
        "id": "r",
        "label": HOSTILE[0],
        "value": HOSTILE[1],
        "state": HOSTILE[0],
        "source": HOSTILE[2],
        "who": HOSTILE[0],
    }
    stub.greeting = [
        {
            "text": text,
            "buttons": [{"id": "b", "title": HOSTILE[0]}],
            "card": {"type": "constructor", "title": HOSTILE[0], "rows": [{**row, "who": "constructor"}, row]},
            "documents": [{"id": "../../x", "kind": "k", "title": HOSTILE[0], "formats": ["html", "exe"]}],
        }
    ]
    page.goto(stub.url)
    expect(log(page)).to_contain_text(HOSTILE[1])
    send(page, HOSTILE[0])
    expect(own(page)).to_contain_text(HOSTILE[0])
    panel = page.locator("#overturn-widget")
    assert panel.locator("img, script, iframe, a, svg[onload], [onerror], [onmouseover]").count() == 0
    assert page.title() != "owned"


def test_light_markdown_is_drawn(page: Page, stub: Stub) -> None:
    stub.greeting = [
        {"text": "Plain **bold \\* star** and [a rule](https://rules.example/a?b=1)\n\n- one\n- **two**\n\n3. third"},
        {"text": "2 * 3 * 4, snake_case and **open"},
    ]
    page.goto(stub.url)
    first = page.locator(".message.bot").first
    expect(first.locator("strong")).to_have_text(["bold * star", "two"])
    expect(first.locator("ul > li")).to_have_text(["one", "two"])
    expect(first.locator("ol")).to_have_attribute("start", "3")
    link = first.get_by_role("link", name="a rule")
    expect(link).to_have_attribute("href", "https://rules.example/a?b=1")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(page.locator(".message.bot").last).to_contain_text("2 * 3 * 4, snake_case and **open")


def test_an_emergency_is_an_alert_and_in_sight(page: Page, stub: Stub) -> None:
    enter(page, stub)
    for number in range(12):
        stub.say({"text": f"Line {number}\n\nmore\n\nand more"})
    log(page).evaluate("e => { e.scrollTop = 0 }")
    stub.say({"text": "**Call 911 now.**", "tone": "emergency"})
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Call 911 now.")
    expect(alert).to_be_in_viewport()


def test_typing_is_shown_until_the_turn_is_done(page: Page, stub: Stub) -> None:
    enter(page, stub)
    stub.typing(True)
    expect(page.get_by_text("Overturn is writing…")).to_be_attached()
    stub.say({"text": "There."})
    expect(log(page)).to_contain_text("There.")
    expect(page.get_by_text("Overturn is writing…")).to_have_count(0)


def test_delete_asks_first_then_leaves_nothing_and_starts_afresh(page: Page, stub: Stub) -> None:
    enter(page, stub)
    send(page, "private words")
    expect(log(page)).to_contain_text("Heard: private words")
    box(page).fill("private draft")
    old = stub.token
    menu(page, "Delete everything")
    page.get_by_role("button", name="Keep it").click()
    assert stub.token == old
    stub.deletion = {"deleted": True, "message": "Your part is deleted. The clinic keeps its own copy."}
    menu(page, "Delete everything")
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("status").filter(has_text="The clinic keeps its own copy.")).to_be_visible()
    expect(log(page)).to_contain_text("This is the stub")
    expect(page.get_by_text("private words")).to_have_count(0)
    expect(box(page)).to_have_value("")
    kept = page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    assert stub.token not in (None, old)
    assert "private" not in kept and f'"{old}"' not in kept.replace("\\", "")


def test_a_delete_that_fails_changes_nothing(page: Page, stub: Stub) -> None:
    enter(page, stub)
    page.route("**/webhooks/web/session", lambda route: route.fulfill(status=503, json={}))
    menu(page, "Delete everything")
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("alert")).to_contain_text("It could not be deleted just now.")
    page.get_by_role("button", name="Keep it").click()
    send(page, "still here")
    expect(log(page)).to_contain_text("Heard: still here")


def test_a_conversation_that_is_gone_says_so_and_a_new_one_keeps_the_draft(page: Page, stub: Stub) -> None:
    enter(page, stub)
    box(page).fill("what I was typing")
    stub.forget()
    stub.cut()
    expect(page.get_by_text("This conversation is no longer open.")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Start a new conversation").click()
    expect(log(page)).to_contain_text("This is the stub")
    expect(box(page)).to_have_value("what I was typing")


def test_leaving_the_computer_forgets_the_conversation(page: Page, stub: Stub) -> None:
    enter(page, stub)
    send(page, "my story")
    expect(log(page)).to_contain_text("Heard: my story")
    box(page).fill("my draft")
    menu(page, "Leave this computer")
    page.get_by_role("button", name="Yes, leave").click()
    expect(page.get_by_text("This computer has forgotten the conversation.")).to_be_visible()
    kept = page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    assert "token" not in kept and "my " not in kept
    page.reload()
    expect(log(page)).to_contain_text("This is the stub")
    expect(page.get_by_text("my story")).to_have_count(0)
    expect(box(page)).to_have_value("")


def test_a_five_page_letter_can_be_pasted_and_is_folded(page: Page, stub: Stub) -> None:
    stub.greeting = [{"text": "This is long.\n\n" * 13 + "The last line."}]
    letter = "\n".join(f"Line {n} of an invented denial letter, which goes on and on." for n in range(250))
    page.goto(stub.url)
    expect(log(page)).to_contain_text("The last line.")
    box(page).fill(letter)
    height = box(page).evaluate("e => e.offsetHeight")
    assert 100 < height < 768 / 2
    expect(page.get_by_text("The last line.")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("characters left")).to_have_count(0)
    box(page).press("Enter")
    expect(log(page)).to_contain_text("Heard: Line 0")
    assert stub.received[0]["text"] == letter
    assert own(page).evaluate("e => e.offsetHeight") < 300
    page.get_by_role("button", name="Show all").click()
    assert own(page).evaluate("e => e.offsetHeight") > 1000


def test_the_counter_shows_only_near_the_limit(page: Page, stub: Stub) -> None:
    enter(page, stub)
    box(page).fill("x" * 35_999)
    expect(page.locator("#count")).to_have_count(0)
    box(page).fill("é" * 39_000)
    expect(page.locator("#count")).to_have_text("1,000 characters left")
    box(page).fill("x" * 40_001)
    expect(page.locator("#count")).to_contain_text("1 characters over the limit")
    # It still goes to the server, which looks for an emergency in it before it refuses.
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    box(page).fill("x" * 300_000)
    expect(page.get_by_role("button", name="Send")).to_be_disabled()


def test_shift_enter_is_a_new_line_and_blanks_are_not_sent(page: Page, stub: Stub) -> None:
    enter(page, stub)
    send(page, "   ")
    box(page).fill("one")
    box(page).press("Shift+Enter")
    box(page).press_sequentially("two")
    box(page).press("Enter")
    expect(log(page)).to_contain_text("Heard: one")
    assert [said["text"] for said in stub.received] == ["one\ntwo"]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400), (320, 256)])
def test_small_and_zoomed_windows_show_everything_without_sideways_scrolling(
    browser: Browser, stub: Stub, width: int, height: int
) -> None:
    long = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
    stub.greeting = [{"text": long, "card": READING, "buttons": [{"id": "b", "title": long}]}]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(stub.url)
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Menu")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("In an emergency call 911.", exact=False).last).to_be_in_viewport(ratio=1)
    expect(log(page)).to_contain_text(long)
    assert log(page).evaluate("e => e.scrollWidth <= e.clientWidth && e.clientHeight > 60")
    context.close()


def test_the_keyboard_reaches_everything_in_order(page: Page, stub: Stub) -> None:
    stub.greeting = [{"text": "Agree?", "buttons": [{"id": "b-yes", "title": "I agree"}]}]
    stub.answer = lambda said: [{"text": "Next?", "buttons": [{"id": "b-2", "title": "Second"}]}]
    enter(page, stub)
    focused = "document.querySelector('#overturn-widget').shadowRoot.activeElement"
    page.get_by_role("button", name="I agree").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Second")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.textContent") == "Second"
    outline = page.evaluate(f"getComputedStyle({focused}).outlineStyle")
    assert outline == "solid"
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.textContent") == "Keep the files I send"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Leave this computer")).to_have_count(0)
    expect(log(page)).to_be_visible()
