"""The paper in a municipality's own file: at its places, in its styles; and no file that could do anything is taken."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from planner.charts.png import to_png
from planner.domain.report_decided import Replaced
from planner.files import saksframlegg_template as template
from planner.files.saksframlegg_lacking import NEEDED
from planner.files.saksframlegg_places import SECTIONS, place
from planner.wording.paper import Paper
from tests.files.paper_case import KEPT_AT, as_pdf, make, make_decided, read_pdf
from tests.report_case import BASIS, with_text


@pytest.fixture(scope="module")
def paper() -> Paper:
    return make()


def saved(document: DocumentType) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def written(*paragraphs: str) -> DocumentType:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def filled(data: bytes, paper: Paper) -> DocumentType:
    made = template.fill(data, paper, {one.svg: to_png(one.svg, 0.2) for one in paper.pictures}, KEPT_AT)
    assert isinstance(made, bytes), made
    return Document(io.BytesIO(made))


def texts(document: DocumentType) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def found(data: bytes) -> set[tuple[str, str]]:
    return {(one.code.removeprefix("paper_template_"), one.where) for one in template.examine(data)}


def test_every_section_of_the_paper_has_a_name(paper: Paper) -> None:
    assert list(SECTIONS.values()) == ["decided"] + [section.id for section in paper.sections]
    assert place(" Innstilling-Tekst ").bare and place("resten").is_block and not place("tittel").is_block
    assert place("tull-tekst").kind == "unknown"


def test_our_own_file_to_begin_with_has_every_place_and_gives_the_whole_paper(paper: Paper) -> None:
    made = filled(template.example(paper, KEPT_AT), paper)
    headings = [one.text for one in made.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings == [section.heading for section in paper.sections]
    assert template.examine(template.example(paper, KEPT_AT)) == ()
    assert len(made.inline_shapes) == 2 and not [text for text in texts(made) if "{{" in text]


def test_a_decided_paper_is_told_first_and_once_whatever_places_the_file_has() -> None:
    """With a place of its own, without its heading, and in a file made before there was anything to decide."""
    paper = make_decided(replaced=Replaced(2, "2027-01-14", 2))
    stands = "Erstattet av vedtak 2, 14. januar 2027."
    for places, at in (
        (("{{tittel}}", "{{innstilling}}", "{{vedtaket}}", "{{resten}}"), None),
        (("Slik ble det", "{{vedtaket-tekst}}", "{{innstilling}}", "{{resten}}"), 1),
        (("Brev fra oss", "{{innstilling}}", "{{resten}}"), 2),
    ):
        made = filled(saved(written(*places)), paper)
        told = texts(made)
        assert told.count(stands) == 1 and at in (None, told.index(stands)), places
        assert told.count("Vedtaket") == (0 if "{{vedtaket-tekst}}" in places else 1)
        assert told[told.index(stands) + 1] == "Kommunestyret vedtok dette 26. november 2026 i sak 61/26."
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        assert "tatt inn ved vedtaket" in cells and not [one for one in (*told, *cells) if "fylles inn" in one]
        assert "En slik vurdering var ikke skrevet da saken ble vedtatt." in told and "ikke utfylt" in cells


def test_sections_go_where_their_names_stand_and_the_rest_follows(paper: Paper) -> None:
    document = written("Brev fra oss", "{{ innstilling-tekst }}", "Mellom", "{{resten}}", "Hilsen")
    made = texts(filled(saved(document), paper))
    said = made.index("Kommunedirektøren rår kommunestyret til å gjøre slikt vedtak:")
    assert made[0] == "Brev fra oss" and made[-1] == "Hilsen" and said == 1
    assert "Kommunedirektørens innstilling" not in made, "without its heading, and not once more in the rest"
    assert said < made.index("Mellom") < made.index("Saksgang") < made.index("Risiko")


def test_a_word_in_a_text_keeps_its_look_though_word_has_split_it(paper: Paper) -> None:
    document = written("{{resten}}")
    line = document.add_paragraph("Sak: ")
    line.add_run("{{ti").bold = True
    line.add_run("ttel}} i ")
    line.add_run("{{kommune}}").italic = True
    document.sections[0].header.paragraphs[0].text = "{{kommune}}"
    document.add_table(1, 1).cell(0, 0).text = "{{undertittel}}"
    made = filled(saved(document), paper)
    line = next(one for one in made.paragraphs if one.text.startswith("Sak: "))
    assert line.text == f"Sak: {paper.title} i Prøvevik kommune"
    assert [(run.text, run.bold) for run in line.runs][1] == (paper.title, True)
    assert made.sections[0].header.paragraphs[0].text == "Prøvevik kommune"
    assert made.tables[-1].cell(0, 0).text == paper.subtitle


def test_a_content_control_is_a_place_by_its_tag(paper: Paper) -> None:
    document = written("Før", "Etter", "{{resten}}")
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="innstilling"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Klikk her'
        "</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.paragraphs[0]._p.addnext(control)
    assert template.examine(saved(document)) == () or found(saved(document)) == {("missing", "{{tittel}}")}
    made = texts(filled(saved(document), paper))
    assert made[:2] == ["Før", "Kommunedirektørens innstilling"] and "Klikk her" not in made


def test_styles_the_file_has_stand_and_those_it_lacks_are_lent_with_their_numbers(paper: Paper) -> None:
    document = written("{{resten}}")
    for style in list(document.styles):
        if style.name in NEEDED and style.name != "Heading 1":
            document.styles.element.remove(style.element)
    document.styles["Heading 1"].font.name = "Comic Sans MS"  # type: ignore[attr-defined]
    made = filled(saved(document), paper)
    assert made.styles["Heading 1"].font.name == "Comic Sans MS"  # type: ignore[attr-defined]
    points = [one for one in made.paragraphs if one.style is not None and one.style.name == "List Number"]
    number = made.styles["List Number"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    lists = made.part.numbering_part.element
    listed = [one for one in lists.findall(qn("w:num")) if one.get(qn("w:numId")) == number.get(qn("w:val"))]
    assert len(points) >= 5 and len(listed) == 1
    outline = made.styles["Heading 2"].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    assert outline is not None and outline.get(qn("w:val")) == "1"


def test_a_sample_says_so_on_every_page_of_any_file() -> None:
    sample = make(replace(BASIS, is_sample=True))
    document = written("{{resten}}")
    document.sections[0].different_first_page_header_footer = True
    made = filled(saved(document), sample)
    for header in (made.sections[0].header, made.sections[0].first_page_header):
        assert sample.synthetic in [paragraph.text for paragraph in header.paragraphs]


def test_hostile_words_are_words() -> None:
    made = filled(saved(written("{{tittel}}", "{{resten}}")), make(with_text("{{resten}} <w:p/> & \x00]]>")))
    assert texts(made)[0].startswith("{{resten}} <w:p/> & ]]>")
    named = filled(saved(written("{{kommune}}", "{{resten}}")), make(replace(BASIS, municipality="{{resten}}")))
    assert texts(named)[0] == "{{resten}}", "a name from the plan is no place"
    assert texts(named).count("Saksgang") == 1


def test_what_is_missing_unknown_or_not_alone_is_told_by_its_place() -> None:
    document = written("{{tittel}}", "{{innstiling}}", "Her: {{behov}}", "{{ikke_naa}}")
    document.add_table(1, 1).cell(0, 0).text = "{{risiko}}"
    told = found(saved(document))
    assert {("unknown", "{{innstiling}}"), ("not_alone", "{{behov}}"), ("not_alone", "{{risiko}}")} <= told
    assert ("no_decision", "{{innstilling}}") in told and ("missing", "{{metode}}") in told
    assert not {("missing", "{{behov}}"), ("missing", "{{ikke_naa}}"), ("missing", "{{tittel}}")} & told
    severity = {one.where: one.severity for one in template.examine(saved(document))}
    assert severity["{{metode}}"] == "warning" and severity["{{innstilling}}"] == "error"
    assert template.fill(saved(document), make(), {}, KEPT_AT) == tuple(
        one for one in template.examine(saved(document)) if one.severity == "error"
    )


# --- Files that could do something -----------------------------------------------------------------------------------

GOOD = saved(written("{{tittel}}", "{{resten}}"))


def changed(name: str = "", content: str = "", **replaced: tuple[str, str]) -> bytes:
    """The good file with one more part, or with words of a part replaced: its name with _ for / and . -> (old, new)."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            data = old.read(one)
            for part, (before, after) in replaced.items():
                if part == one.replace("/", "_").replace(".", "_"):
                    assert before in data.decode(), (one, before)
                    data = data.decode().replace(before, after, 1).encode()
            new.writestr(one, data)
        if name:
            new.writestr(name, content)
    return made.getvalue()


def relation(kind: str, target: str, mode: str = "External") -> bytes:
    said = (
        f'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return changed(word__rels_document_xml_rels=("</Relationships>", said))


def field(words: str) -> bytes:
    begin, end = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    runs = "".join(f"<w:r><w:instrText>{word}</w:instrText></w:r>" for word in words.split("|"))
    return changed(word_document_xml=("<w:sectPr", f"<w:p>{begin}{runs}{end}</w:p><w:sectPr"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_docx"),
        (b"PK\x03\x04 not a zip", "not_docx"),
        (b"{\\rtf1 hei}", "not_docx"),
        (b"%PDF-1.7", "not_docx"),
        (changed("word/vbaProject.bin", "x"), "macros"),
        (changed(**{"[Content_Types]_xml": ("wordprocessingml.document.main", "ms-word.macroEnabled.main")}), "macros"),
        (changed("word/embeddings/oleObject1.bin", "x"), "embedded"),
        (changed("word/afchunk.html", "<script>alert(1)</script>"), "embedded"),
        (relation("aFChunk", "afchunk.xml", "Internal"), "embedded"),
        (relation("image", "https://evil.example/x.png"), "outside"),
        (relation("oleObject", "file:///etc/passwd"), "embedded"),
        (relation("hyperlink", "javascript:alert(1)"), "outside"),
        (relation("hyperlink", r"\\evil.example\share"), "outside"),
        (field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe /k calc"), "field"),
        (field(" INCLU|DETEXT file:///etc/passwd"), "field"),
        (field('QUOTE "x"'), "field"),
        (changed("word/x.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), "refused"),
        (changed("customXml/item9.xml", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), "refused"),
        (changed("word/x.xml", "<a>"), "broken"),
        (changed("word/evil.png", "x", **{"[Content_Types]_xml": ("</Types>", '<Override PartName="/word/evil.png" '
         'ContentType="application/xml"/></Types>')}), "broken"),
        (changed("word/media/bomb.png", "0" * 70_000_000), "large_inside"),
        (GOOD[: len(GOOD) // 2], "not_docx"),
        (b"PK" + b"x" * 10_000_001, "too_large"),
    ],
)  # fmt: skip
def test_a_file_that_could_do_something_is_refused(data: bytes, code: str) -> None:
    assert code in {one for one, _ in found(data)}


def test_page_numbers_links_and_where_the_file_came_from_may_stand(paper: Paper) -> None:
    for data in (
        field(" PAGE | \\* MERGEFORMAT"),
        field(' HYPERLINK "https://kommune.example"'),
        relation("hyperlink", "https://kommune.example"),
        changed(
            "word/_rels/settings.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
            'Target="file:///C:/maler/brev.dotx" TargetMode="External"/></Relationships>',
        ),
    ):
        assert template.examine(data) == ()
    made = template.fill(data, paper, {one.svg: to_png(one.svg, 0.2) for one in paper.pictures}, KEPT_AT)
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert not [name for name in parts.namelist() if b"brev.dotx" in parts.read(name)]


@pytest.mark.xdist_group("soffice")
def test_libreoffice_opens_the_filled_file(paper: Paper, tmp_path: Path) -> None:
    document = written("{{tittel}}", "{{innstilling}}", "{{resten}}", "Med hilsen kommunedirektøren")
    for name in ("List Number", "List Bullet", "List Bullet 2"):
        document.styles.element.remove(document.styles[name].element)
    made = template.fill(saved(document), paper, {one.svg: to_png(one.svg) for one in paper.pictures}, KEPT_AT)
    assert isinstance(made, bytes)
    text = " ".join(read_pdf(as_pdf(made, "mal.docx", tmp_path)).replace("\u202f", " ").replace("\xa0", " ").split())
    assert "2. Det settes av 3 000 000 kr netto til investering" in text, "the points are numbered"
    assert "Med hilsen kommunedirektøren" in text
