"""Files become text, whatever they are called; one that cannot be read says why, and harms nobody."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
from document_files import (
    LETTER,
    announced_png,
    many_pages,
    merged,
    photographed,
    saved,
    scanned,
    typeset,
    with_part,
    word_file,
)
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from actions.reading import documents, read
from actions.reading.documents import DocumentError, DocumentText, read_document
from actions.reading.documents.certainty import of_picture
from actions.reading.documents.faults import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES, MAX_PICTURE_PAGES
from actions.reading.documents.lines import text_of
from actions.reading.documents.wrapped import joined

TODAY = date(2026, 11, 21)
NOTICE = "Member ID: EX-1 \\ Your request for an MRI of the left knee is denied. You may appeal within 180 days."


def opened(data: bytes) -> DocumentText:
    return asyncio.run(read_document(data))


def fault(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        opened(data)
    assert refused.value.message.endswith(".") and "\n" not in refused.value.message
    return refused.value.fault


def simple_word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Your request is denied.")
    return word_file(document)


class TestWhatIsRead:
    def test_a_pdf_with_text_page_by_page(self) -> None:
        found = opened(typeset(NOTICE, "Send it to the appeals unit at the address below."))
        assert (found.kind, found.pages, found.picture) == ("pdf", 2, False)
        assert found.text.index("Member ID: EX-1") < found.text.index("180 days") < found.text.index("appeals unit")

    def test_a_word_file_in_the_order_it_stands_with_its_tables(self) -> None:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "Example Health Plan"
        document.add_paragraph("Before the table")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("Member ID", "EX-1", "Date", "November 2, 2026"), strict=True):
            cell.text = text
        document.add_paragraph("After the table")
        found = opened(word_file(document))
        assert (found.kind, found.picture) == ("docx", False)
        assert found.text.split("\n") == [
            "Example Health Plan",
            "Before the table",
            "Member ID    EX-1",
            "Date    November 2, 2026",
            "After the table",
        ]

    def test_a_letter_set_in_a_table_keeps_its_lines(self) -> None:
        document = docx.Document()
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "Dear Pat Example,"
        for line in ("We looked at your request.", "It is denied.", "You may appeal.", "Sincerely"):
            cell.add_paragraph(line)
        assert "We looked at your request.\nIt is denied.\nYou may appeal." in opened(word_file(document)).text

    def test_in_a_word_file_inserted_words_count_deleted_ones_do_not_and_a_form_field_is_text(self) -> None:
        document = docx.Document()
        names = nsdecls("w")
        document.element.body.insert(
            0,
            parse_xml(
                f"<w:sdt {names}><w:sdtContent><w:p><w:r><w:t>Member</w:t><w:tab/><w:t>EX-1</w:t></w:r>"
                "<w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
                "<w:ins><w:r><w:t xml:space='preserve'> left knee</w:t></w:r></w:ins></w:p></w:sdtContent></w:sdt>"
            ),
        )
        assert opened(word_file(document)).text.strip() == "Member    EX-1 left knee"

    @pytest.mark.parametrize("format", ["PNG", "JPEG"])
    def test_a_picture(self, format: str) -> None:
        found = opened(saved(photographed(), format))
        assert (found.kind, found.picture) == (format.lower(), True)
        assert [line for line in found.text.split("\n") if line] == list(LETTER)

    def test_a_dim_picture_that_lies_askew(self) -> None:
        found = opened(saved(photographed(shadow=True, turned=4.0), "JPEG"))
        reading = read(found.text, TODAY)
        assert reading.denial.notice_date == date(2026, 11, 2)
        assert (reading.denial.member_id, reading.study.cpt) == ("EX-4471-09", ("73721",))

    def test_a_picture_taken_in_the_dark_is_not_taken_for_light_print(self) -> None:
        dark = photographed().point([10 + value * 80 // 255 for value in range(256)])
        assert "EX-4471-09" in opened(saved(dark, "JPEG")).text

    @pytest.mark.parametrize("turned", [90, 180, 270])
    def test_a_picture_on_its_side_or_its_head(self, turned: int) -> None:
        page = photographed((*LETTER, *LETTER)).rotate(turned, expand=True)
        assert "not medically necessary" in opened(saved(page, "PNG")).text

    def test_a_phone_says_which_way_is_up(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # "turn me a quarter to the right"
        page = photographed().rotate(90, expand=True)
        assert "not medically necessary" in opened(saved(page, "JPEG", exif=exif)).text

    def test_white_on_black_and_see_through(self) -> None:
        page = photographed()
        glass = Image.new("RGBA", page.size, (0, 0, 0, 0))
        glass.paste((0, 0, 0, 255), mask=page.point([255 - value for value in range(256)]))
        assert "EX-4471-09" in opened(saved(glass, "PNG")).text
        assert "EX-4471-09" in opened(saved(page.point([255 - value for value in range(256)]), "PNG")).text

    def test_a_scanned_pdf(self) -> None:
        found = opened(scanned(photographed(), photographed()))
        assert (found.kind, found.pages, found.picture) == ("pdf", 2, True)
        assert found.text.count("EX-4471-09") == 2

    def test_a_pdf_of_text_and_scans_in_their_order(self) -> None:
        found = opened(merged(typeset(NOTICE), scanned(photographed()), typeset(NOTICE.replace("EX-1", "EX-3"))))
        assert found.picture
        assert found.text.index("EX-1") < found.text.index("EX-4471-09") < found.text.index("EX-3")

    def test_text_that_a_scanner_put_over_its_picture_was_read_from_a_picture(self) -> None:
        page = typeset(
            f"#place(image(bytes({tuple(saved(photographed(), 'PNG'))}), width: 100%, height: 100%))\n{NOTICE}"
        )
        assert opened(page).picture

    def test_plain_text_stays_as_it_is(self) -> None:
        assert opened(b"Denied.\r\n\tBye") == DocumentText("text", "Denied.\r\n\tBye")

    def test_what_the_file_is_called_or_claims_counts_for_nothing(self) -> None:
        picture = saved(photographed(), "PNG")
        assert opened(picture + typeset(NOTICE)).kind == "png"
        assert opened(b"\n\n" + typeset(NOTICE)).kind == "pdf"
        assert opened(b"%PD is how this letter begins").kind == "text"


class TestWithoutTesseract:
    @pytest.fixture(autouse=True)
    def _none(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

    def test_a_picture_says_so(self) -> None:
        assert fault(saved(photographed(), "PNG")) == fault(scanned(photographed())) == "no_pictures"
        assert "This installation can't read pictures" in DocumentError("no_pictures").message

    def test_everything_else_is_read_and_pages_left_out_are_named(self) -> None:
        assert opened(simple_word()).text.strip() == "Your request is denied."
        found = opened(merged(typeset(NOTICE), scanned(photographed())))
        assert found.unread == (2,) and "EX-1" in found.text and not found.picture


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            pytest.param(b"", "empty", id="nothing"),
            pytest.param(b"\n \x00\x00", "empty", id="blanks"),
            pytest.param(b"GIF89a\x00\x01", "unsupported", id="gif"),
            pytest.param(b"\x00\x00\x00\x18ftypheic....", "unsupported", id="heic"),
            pytest.param(b"RIFF\x00\x00\x00\x00WEBPVP8 ", "unsupported", id="webp"),
            pytest.param(b"{\\rtf1 denied}", "unsupported", id="rtf"),
            pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "unsupported", id="doc"),
            pytest.param(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "encrypted",
                id="locked docx",
            ),
            pytest.param(b"PK\x03\x04 xl/workbook.xml", "unsupported", id="spreadsheet"),
            pytest.param(b"MZ\x90\x00" + bytes(range(256)), "binary", id="a program"),
            pytest.param(b"%PDF-1.7\n%...", "broken", id="a pdf's head only"),
            pytest.param(b"PK\x03\x04 word/document.xml", "broken", id="a docx's head only"),
            pytest.param(b"\x89PNG\r\n\x1a\n....", "broken", id="a png's head only"),
            pytest.param(b"\xff\xd8\xff\xe0..JFIF", "broken", id="a jpeg's head only"),
            pytest.param(b"x" * (MAX_BYTES + 1), "too_large", id="too many bytes"),
            pytest.param(b"denied " * 200_000, "too_long", id="too much text"),
            pytest.param(b"denied " * (MAX_CHARACTERS // 7 + 1), "too_long", id="a little too much text"),
        ],
    )
    def test_it_says_why(self, data: bytes, expected: str) -> None:
        assert fault(data) == expected

    @pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
    def test_files_cut_short(self, kept: float) -> None:
        for data in (simple_word(), saved(photographed(), "PNG")):
            assert fault(data[: int(len(data) * kept)]) == "broken"
        whole = typeset(NOTICE)
        try:  # a PDF's reader can often find its way through one
            assert "EX-1" in opened(whole[: int(len(whole) * kept)]).text
        except DocumentError as error:
            assert error.fault in ("broken", "no_text")

    def test_files_with_nothing_to_read(self) -> None:
        assert fault(many_pages(2)) == "no_text"
        assert fault(word_file(docx.Document())) == "no_text"
        assert fault(saved(Image.new("L", (800, 800), 255), "PNG")) == "no_text"
        assert fault(saved(Image.effect_noise((800, 800), 120), "PNG")) == "no_text"

    def test_a_pdf_with_a_password(self) -> None:
        writer = pypdf.PdfWriter(io.BytesIO(typeset(NOTICE)))
        writer.encrypt("secret", algorithm="RC4-128")
        data = io.BytesIO()
        writer.write(data)
        assert fault(data.getvalue()) == "encrypted"


class TestHostileFiles:
    def test_ten_thousand_pages(self) -> None:
        assert fault(many_pages(10_000)) == "too_many_pages"
        assert opened(merged(typeset(NOTICE), many_pages(MAX_PAGES - 1))).pages == MAX_PAGES

    def test_more_scans_than_anyone_waits_for(self) -> None:
        tiny = Image.new("L", (20, 20), 0)
        assert fault(scanned(*[tiny] * (MAX_PICTURE_PAGES + 1))) == "too_many_pages"

    def test_a_picture_that_promises_billions_of_dots(self) -> None:
        assert fault(announced_png(60_000, 60_000)) == "too_many_pixels"
        assert fault(announced_png(7_000, 7_000)) in ("broken", "no_text")

    def test_a_word_file_that_unpacks_without_end(self) -> None:
        assert fault(with_part(simple_word(), "word/media/bomb.png", bytes(90_000_000))) == "too_large"

    def test_a_word_file_whose_list_lies_about_its_size(self) -> None:
        data = with_part(simple_word(), "word/document.xml", b"<a>" + b" " * 89_999_993 + b"</a>")
        assert fault(data.replace((90_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))) == "broken"

    def test_a_word_file_that_multiplies_itself(self) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        xml = f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><w:document {nsdecls("w")}><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>'  # noqa: E501
        assert fault(with_part(simple_word(), "word/document.xml", xml.encode())) in ("broken", "no_text")

    def test_a_word_file_that_names_another_file(self) -> None:
        xml = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {nsdecls("w")}><w:body><w:p><w:r><w:t>A letter &x;</w:t></w:r></w:p></w:body></w:document>'  # noqa: E501
        assert "root" not in opened(with_part(simple_word(), "word/document.xml", xml.encode())).text

    def test_tables_within_tables_without_end(self) -> None:
        deep = "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000
        xml = f"<w:document {nsdecls('w')}><w:body>{deep}</w:body></w:document>"
        assert fault(with_part(simple_word(), "word/document.xml", xml.encode())) in ("broken", "no_text")

    def test_a_package_that_is_no_word_file(self) -> None:
        assert fault(with_part(simple_word(), "[Content_Types].xml", b"no XML")) == "broken"

    def test_a_page_as_large_as_a_house(self) -> None:
        assert "EX-4471-09" in opened(saved(photographed(), "PDF", resolution=1)).text


class TestTheProcess:
    def test_one_that_takes_too_long_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        begun: list[asyncio.subprocess.Process] = []
        begin = asyncio.create_subprocess_exec

        async def watched(*arguments: str, **how: object) -> asyncio.subprocess.Process:
            begun.append(await begin(*arguments, **how))  # type: ignore[arg-type]
            return begun[-1]

        monkeypatch.setattr(documents.asyncio, "create_subprocess_exec", watched)
        with pytest.raises(DocumentError) as refused:
            asyncio.run(read_document(scanned(photographed()), seconds=0.01))
        assert refused.value.fault == "too_slow"
        assert begun[0].returncode == -9

    def test_one_that_dies_says_damaged_and_nothing_else_dies(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(documents.sys, "executable", "/bin/false")
        assert fault(typeset(NOTICE)) == "broken"

    def test_it_is_told_no_secrets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OVERTURN_KEY", "secret")
        assert "secret" not in str(documents._environment())

    def test_it_can_neither_take_all_memory_nor_write_a_file(self, tmp_path: Path) -> None:
        script = f"""
import sys
from actions.reading.documents import worker

def greedy(kind, data):
    try:
        open({str(tmp_path / "x")!r}, "wb").write(data)
    except OSError:
        return {{"text": str(len(bytearray(worker.MEMORY)))}}

worker._read, sys.argv = greedy, ["worker", "pdf"]
worker.main()
"""
        done = subprocess.run([sys.executable, "-c", script], input=b"x" * 9_000, capture_output=True, check=False)
        assert b"too_large" in done.stdout  # the write was refused, and then the memory
        assert (tmp_path / "x").stat().st_size == 0

    def test_others_go_on_meanwhile(self) -> None:
        async def scenario() -> int:
            reading = asyncio.ensure_future(read_document(scanned(photographed())))
            ticks = 0
            while not reading.done():
                ticks += 1
                await asyncio.sleep(0.005)
            await reading
            return ticks

        assert asyncio.run(scenario()) > 5


def test_an_empty_line_stands_only_where_the_page_has_a_gap() -> None:
    def word(block: int, line: int, left: int, top: int, text: str) -> str:
        return f"5\t1\t{block}\t{line}\t1\t1\t{left}\t{top}\t{20 * len(text)}\t30\t90\t{text}"

    rows = [
        word(1, 1, 100, 100, "when"),
        word(1, 1, 190, 102, "cancer,"),
        word(1, 2, 100, 150, "fracture"),  # another paragraph to Tesseract, the next line on the page
        word(1, 3, 0, 200, "~"),
        word(1, 3, 100, 201, "or"),
        word(1, 3, 150, 201, "infection"),
        word(2, 1, 100, 290, "Member"),
        word(2, 1, 400, 290, "EX-1"),
    ]
    assert text_of("\n".join(["head", *rows])) == "when cancer,\nfracture\nor infection\n\nMember    EX-1"


def test_a_number_that_was_hardly_read_is_left_open_and_a_word_is_not() -> None:
    rows = [f"5\t1\t1\t1\t1\t{n}\t{90 * n}\t10\t80\t30\t{sure}\t{word}" for n, (word, sure) in enumerate(
        [("ID:", 96), ("9O44l1208", 21), ("no", 12), ("X-ray", 90), ("72148", 96)])]  # fmt: skip
    assert text_of("\n".join(["head", *rows])) == "ID: [?] no X-ray 72148"


def test_lines_of_a_narrow_column_are_one_sentence_and_lists_stay() -> None:
    column = "The patient denies recent\nfever, night sweats and\nweight loss.\nPlan:\nMRI"
    assert joined(column) == "The patient denies recent fever, night sweats and weight loss.\nPlan:\nMRI"
    found = {finding.id: finding.status for finding in read(joined(column), TODAY).findings}
    assert found and set(found.values()) == {"absent"}
    for text in (
        "numbness\nweakness in the left leg",
        "- fever\n- chills",
        "Member ID    EX-1 and more\ngroup    2",
        "a-\nb",
    ):
        assert joined(text) == text


def test_a_rule_across_the_page_says_nothing() -> None:
    def line(at: int, sure: int, words: str) -> list[str]:
        return [f"5\t1\t1\t1\t{at}\t{n}\t{90 * n}\t{40 * at}\t80\t30\t{sure}\t{w}" for n, w in enumerate(words.split())]

    table = ["head", *line(1, 91, "Service reviewed"), *line(2, 18, "RA Re ee en ne"), *line(3, 25, "not covered")]
    assert text_of("\n".join(table)) == "Service reviewed\n[?]\nnot covered"


def test_a_value_from_a_picture_is_less_sure() -> None:
    reading = read("\n".join(LETTER), TODAY)
    seen = of_picture(reading)
    assert seen.denial == reading.denial
    assert all(seen.fields[name].confidence < field.confidence for name, field in reading.fields.items())
