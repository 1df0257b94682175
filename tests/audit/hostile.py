"""Makes files that hang, crash or swell readers, or are simply broken: one function a kind.

Each is small on disk. `KINDS` names them with their file ending; `write_all` puts one of each into a
folder. Nothing in them does anything but waste a reader's time.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

A4 = "[0 0 595 842]"
Objects = dict[int, bytes]


def pdf(objects: Objects, trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of numbered objects with a right cross-reference table."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.5\n")
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    size = max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % offsets.get(number, 0))
    out.write(b"trailer\n<< /Size %d %s >>\n" % (size, trailer.encode()))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes, extra: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra.encode(), data)


def page(content: bytes = b"", box: str = A4, resources: str = "", **more: bytes) -> Objects:
    """Catalog, page tree, one page with a content stream, and a font."""
    font = "/Font << /F1 5 0 R >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R "
            f"/Resources << {font} {resources} >> >>"
        ).encode(),
        4: stream(content),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return objects | {int(k[1:]): v for k, v in more.items()}


TEXT = b"BT /F1 12 Tf 72 700 Td (1 UBND xa A 5 10) Tj ET"


def sound() -> bytes:
    return pdf(page(TEXT))


def encrypted() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(72, 700, "1 2 3")
    canvas.save()
    return out.getvalue()


def nested_flate() -> bytes:
    data = b"0" * 50_000_000
    for _ in range(12):
        data = zlib.compress(data, 9)
    filters = "/Filter [" + "/FlateDecode " * 12 + "]"
    return pdf(page() | {4: stream(data, filters)})


def flate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 100_000
    data = b"".join(packer.compress(block) for _ in range(300)) + packer.flush()
    return pdf(page() | {4: stream(data, "/Filter /FlateDecode")})


def forms_doubling() -> bytes:
    """Each of 30 forms draws the next one twice: 2^30 drawings."""
    first = 10
    objects = page(b"/X0 Do", resources=f"/XObject << /X0 {first} 0 R >>")
    for level in range(30):
        number = first + level
        inner = f"/Resources << /XObject << /X {number + 1} 0 R >> >>"
        head = f"/Type /XObject /Subtype /Form /BBox {A4} {inner}"
        objects[number] = stream(b"/X Do /X Do", head)
    objects[first + 30] = stream(TEXT, f"/Type /XObject /Subtype /Form /BBox {A4}")
    return pdf(objects)


def form_calls_itself() -> bytes:
    inner = "/Resources << /XObject << /X0 10 0 R >> >>"
    head = f"/Type /XObject /Subtype /Form /BBox {A4} {inner}"
    objects = page(b"/X0 Do", resources="/XObject << /X0 10 0 R >>")
    return pdf(objects | {10: stream(b"/X0 Do", head)})


def huge_page() -> bytes:
    return pdf(page(TEXT, box="[0 0 200000 200000]"))


def huge_image() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 4096 * 256) for _ in range(128)) + packer.flush()
    head = (
        "/Type /XObject /Subtype /Image /Width 32768 /Height 32768 /BitsPerComponent 1 "
        "/ColorSpace /DeviceGray /Filter /FlateDecode"
    )
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    return pdf(page(content, resources="/XObject << /I 10 0 R >>") | {10: stream(data, head)})


def page_tree_loop() -> bytes:
    return pdf(page(TEXT) | {2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"})


def billion_pages() -> bytes:
    return pdf(page(TEXT) | {2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>"})


def many_pages() -> bytes:
    kids = b"3 0 R " * 20_000
    return pdf(page(TEXT) | {2: b"<< /Type /Pages /Kids [%s] /Count 20000 >>" % kids})


def many_words() -> bytes:
    content = b"BT /F1 1 Tf " + b"1 0 0 1 10 10 Tm (1 2 3) Tj " * 300_000 + b"ET"
    return pdf(page() | {4: stream(zlib.compress(content, 9), "/Filter /FlateDecode")})


def many_lines() -> bytes:
    lines = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (i, i, i, i) for i in range(595))
    content = zlib.compress(lines * 200, 9)
    return pdf(page() | {4: stream(content, "/Filter /FlateDecode")})


def deep_array() -> bytes:
    return pdf(page(TEXT) | {9: b"[" * 200_000 + b"]" * 200_000}, "/Root 1 0 R /Info 9 0 R")


def length_loop() -> bytes:
    return pdf(page() | {4: b"<< /Length 4 0 R >>\nstream\n1 2 3\nendstream"})


def xref_loop() -> bytes:
    whole = pdf(page(TEXT))
    start = whole.rindex(b"startxref")
    place = int(whole[start:].split()[1])
    return pdf(page(TEXT), f"/Root 1 0 R /Prev {place}")


def huge_cmap() -> bytes:
    cmap = b"begincmap 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >>"
    return pdf(page(TEXT) | {5: font, 10: stream(cmap)})


def type3_loop() -> bytes:
    glyph = stream(b"1000 0 d0 BT /F1 1 Tf (a) Tj ET")
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs "
        b"<< /a 10 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths "
        b"[1000] /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return pdf(page(b"BT /F1 12 Tf 9 9 Td (aaaa) Tj ET") | {5: font, 10: glyph})


def odd_box() -> bytes:
    return pdf(page(TEXT, box="[0 0 -5 (x)]"))


def junk() -> bytes:
    return b"%PDF-1.7\n" + bytes((i * 7919 + i // 251) % 256 for i in range(40_000))


def broken_picture() -> bytes:
    head = (
        "/Type /XObject /Subtype /Image /Width 1600 /Height 2300 /BitsPerComponent 8 "
        "/ColorSpace /DeviceRGB /Filter /JPXDecode"
    )
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    objects = page(content, resources="/XObject << /I 10 0 R >>")
    return pdf(objects | {10: stream(b"\0\1\2" * 1000, head)})


def opens_something() -> bytes:
    script = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"
    )
    return pdf(page(TEXT) | {1: script})


def truncated() -> bytes:
    return sound()[:300]


def xref_destroyed() -> bytes:
    return sound().replace(b"xref", b"zzzz")


def docx(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: bytes, before: bytes = b"") -> bytes:
    document = b'<?xml version="1.0"?>%s<w:document %s><w:body>%s</w:body></w:document>'
    return docx(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS,
            "word/document.xml": document % (before, WORD, body),
        }
    )


def docx_bomb() -> bytes:
    """A document of 400 MB in half a megabyte."""
    out = io.BytesIO(word(b""))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/styles.xml", "w") as part,
    ):
        for _ in range(400):
            part.write(b"1 " * 500_000)
    return out.getvalue()


def docx_entities() -> bytes:
    levels = b"".join(
        b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"lol") for i in range(12)
    )
    return word(b"<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", b"<!DOCTYPE d [%s]>" % levels)


def docx_external() -> bytes:
    before = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return word(b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before)


def docx_no_document() -> bytes:
    return docx({"[Content_Types].xml": TYPES, "_rels/.rels": RELS})


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 8001 * 500) for _ in range(128)) + packer.flush()
    head = struct.pack(">IIBBBBB", 64_000, 64_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_truncated() -> bytes:
    head = struct.pack(">IIBBBBB", 1000, 1000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"\0\0\1"


def tiff_loop() -> bytes:
    """A directory that names itself as the next one."""
    entries = [(256, 4, 100), (257, 4, 100), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, 8)]
    entries += [(278, 4, 100), (279, 4, 1300)]
    body = struct.pack("<H", len(entries))
    body += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 8) + b"\0" * 1300


def jpeg_junk() -> bytes:
    return b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(i % 251 for i in range(5000))


def utf16() -> bytes:
    return "STT\tTên đơn vị\tĐiểm\n1\tXã A\t5\n".encode("utf-16-le")


def binary_text() -> bytes:
    return bytes(range(256)) * 400


Kind = tuple[str, Callable[[], bytes], Sequence[str]]
KINDS: tuple[Kind, ...] = (
    ("empty.pdf", lambda: b"", ["empty"]),
    ("blank.pdf", lambda: b" \n" * 50, ["empty"]),
    ("no-pdf.pdf", lambda: b"hello", ["unsupported"]),
    ("truncated.pdf", truncated, ["corrupt", "no-table"]),
    ("xref-destroyed.pdf", xref_destroyed, ["corrupt", "no-table"]),
    ("encrypted.pdf", encrypted, ["encrypted"]),
    ("nested-flate.pdf", nested_flate, ["corrupt", "no-table", "timeout", "too-large"]),
    ("flate-bomb.pdf", flate_bomb, ["timeout", "too-large", "no-table", "corrupt"]),
    ("forms-doubling.pdf", forms_doubling, ["timeout", "too-large", "corrupt", "no-table"]),
    ("form-calls-itself.pdf", form_calls_itself, ["corrupt", "no-table", "crashed", "timeout"]),
    ("huge-page.pdf", huge_page, ["too-large", "no-table"]),
    ("huge-image.pdf", huge_image, ["too-large", "no-table", "timeout"]),
    ("page-tree-loop.pdf", page_tree_loop, ["corrupt", "no-table"]),
    ("billion-pages.pdf", billion_pages, ["corrupt", "no-table"]),
    ("many-pages.pdf", many_pages, ["too-large", "timeout", "no-table"]),
    ("many-words.pdf", many_words, ["too-large", "timeout", "no-table"]),
    ("many-lines.pdf", many_lines, ["too-large", "timeout", "no-table"]),
    ("deep-array.pdf", deep_array, ["corrupt", "no-table", "crashed"]),
    ("length-loop.pdf", length_loop, ["corrupt", "no-table"]),
    ("xref-loop.pdf", xref_loop, ["corrupt", "no-table", "timeout"]),
    ("huge-cmap.pdf", huge_cmap, ["corrupt", "no-table", "timeout", "too-large"]),
    ("type3-loop.pdf", type3_loop, ["corrupt", "no-table", "crashed", "timeout"]),
    ("odd-box.pdf", odd_box, ["corrupt", "no-table"]),
    ("junk.pdf", junk, ["corrupt"]),
    ("broken-picture.pdf", broken_picture, ["corrupt", "no-table"]),
    ("opens-something.pdf", opens_something, ["no-table"]),
    ("bomb.docx", docx_bomb, ["too-large", "corrupt"]),
    ("entities.docx", docx_entities, ["corrupt", "no-table", "too-large"]),
    ("external.docx", docx_external, ["corrupt", "no-table"]),
    ("no-zip.docx", lambda: b"PK nothing", ["corrupt"]),
    ("no-document.docx", docx_no_document, ["corrupt"]),
    ("bomb.png", png_bomb, ["too-large"]),
    ("truncated.png", png_truncated, ["corrupt"]),
    ("loop.tiff", tiff_loop, ["corrupt", "no-table", "too-large"]),
    ("junk.jpg", jpeg_junk, ["corrupt"]),
    ("utf16.txt", utf16, ["corrupt", "unsupported", "no-table"]),
    ("binary.txt", binary_text, ["corrupt", "unsupported", "no-table"]),
    ("prose.txt", lambda: "Kính gửi Ủy ban nhân dân.\n".encode(), ["no-table"]),
    ("sheet.xlsx", lambda: docx({"xl/workbook.xml": b"<x/>"}), ["unsupported"]),
    ("program.exe", lambda: b"MZ\0\0", ["unsupported"]),
)
"""File name, its maker, and the problems that may honestly be told of it."""


def write_all(folder: Path) -> None:
    """One file of each kind into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make, _ in KINDS:
        (folder / name).write_bytes(make())
