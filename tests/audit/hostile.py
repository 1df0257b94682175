"""Makes files that hang, crash or swell readers, or are simply broken: one function a kind.

Each is small on disk. `KINDS` names them with their file ending; `write_all` puts one of each into a
folder. Nothing in them does anything but waste a reader's time.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image
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


def pictured(data: bytes, head: str, box: str = A4) -> bytes:
    """A page that is one picture."""
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    objects = page(content, box=box, resources="/XObject << /I 10 0 R >>")
    return pdf(objects | {10: stream(data, f"/Type /XObject /Subtype /Image {head}")})


def jpx_bomb() -> bytes:
    """A JPEG 2000 header that promises 60 000 x 60 000 pixels of three components."""
    size = struct.pack(">HIIIIIIIIH", 0, 60_000, 60_000, 0, 0, 60_000, 60_000, 0, 0, 3)
    siz = struct.pack(">H", len(size) + 2 + 9) + size + bytes([7, 1, 1]) * 3
    cod = b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x01"
    qcd = b"\xff\x5c\x00\x13\x40" + b"\x40" * 16
    sot = b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01"
    data = b"\xff\x4f\xff\x51" + siz + cod + qcd + sot + b"\xff\x93" + b"\0" * 500 + b"\xff\xd9"
    head = "/Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    return pictured(data, f"{head} /Filter /JPXDecode")


def jbig2_bomb() -> bytes:
    """A JBIG2 page of 60 000 x 60 000 pixels."""
    info = struct.pack(">IIIIBH", 60_000, 60_000, 0, 0, 0, 0)
    data = struct.pack(">IBBBI", 0, 0x30, 0, 1, len(info)) + info
    data += struct.pack(">IBBBI", 1, 0x31, 0, 1, 0)
    head = "/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
    return pictured(data, f"{head} /Filter /JBIG2Decode")


def wide_scan() -> bytes:
    """A small picture on a page of 5 000 x 5 000 points."""
    content = b"q 5000 0 0 5000 0 0 cm /I Do Q"
    head = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8"
    objects = page(content, box="[0 0 5000 5000]", resources="/XObject << /I 10 0 R >>")
    return pdf(objects | {10: stream(bytes(range(64)), f"{head} /ColorSpace /DeviceGray")})


def ribbon() -> bytes:
    """A scan of a page 200 000 points long and one wide."""
    content = b"q 1 0 0 200000 0 0 cm /I Do Q"
    head = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8"
    objects = page(content, box="[0 0 1 200000]", resources="/XObject << /I 10 0 R >>")
    return pdf(objects | {10: stream(bytes(range(64)), f"{head} /ColorSpace /DeviceGray")})


def object_stream_loop() -> bytes:
    """An object stream that says it holds itself."""
    body = b"4 0 3 2 1 2"
    extra = "/Type /ObjStm /N 2 /First 8 /Extends 4 0 R"
    return pdf(page(TEXT) | {4: stream(body, extra)})


def run_length_bomb() -> bytes:
    """Run lengths of run lengths: each layer swells 64 times."""
    data = b"\x81\x20" * 400_000
    return pdf(page() | {4: stream(data, "/Filter [/RunLengthDecode /RunLengthDecode]")})


def predictor_bomb() -> bytes:
    """A predictor with two thousand million columns."""
    parms = "/DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>"
    data = zlib.compress(b"\2" * 1000)
    return pdf(page() | {4: stream(data, f"/Filter /FlateDecode {parms}")})


def huge_numbers() -> bytes:
    content = b"BT /F1 1e308 Tf 1e308 0 0 1e308 -1e308 1e308 Tm (1 2 3) Tj ET\n"
    content += b"9" * 100_000 + b" 0 m 0 9e99999 l S"
    return pdf(page(content))


def outline_loop() -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 9 0 R /AcroForm 9 0 R >>"
    return pdf(page(TEXT) | {1: catalog, 9: b"<< /First 9 0 R /Next 9 0 R /Fields [9 0 R] >>"})


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


def docx_nested() -> bytes:
    """Tables in tables, ten thousand deep."""
    depth = 10_000
    return word(b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth)


def docx_nested_readable() -> bytes:
    """Tables in tables, as deep as a parser lets through."""
    depth = 60
    return word(b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth)


def docx_wide_span() -> bytes:
    """A cell over two thousand million columns."""
    span = b'<w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p>'
    return word(b"<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>" % span)


def docx_many_rows() -> bytes:
    row = b"<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    return word(b"<w:tbl>%s</w:tbl>" % (row * 20_000))


def docx_climbing() -> bytes:
    """Parts that would be unpacked outside, and a relation to a file of the machine."""
    relations = RELS.replace(b'Target="word/document.xml"', b'Target="/../../../../etc/passwd"')
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": relations}
    return docx(parts | {"/etc/doisoat": b"x", "../../../../tmp/doisoat": b"x"})


def docx_utf16_entities() -> bytes:
    """The bomb of entities in an encoding that hides it from who looks for its bytes."""
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    spelt = WORD.decode()
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [{levels}]><w:document {spelt}>'
        "<w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    )
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS}
    return docx(parts | {"word/document.xml": text.encode("utf-16")})


def docx_of_a_sheet() -> bytes:
    """A workbook under the name of a document."""
    types = TYPES.replace(b"/word/document.xml", b"/xl/workbook.xml")
    relations = RELS.replace(b"word/document.xml", b"xl/workbook.xml")
    return docx(
        {"[Content_Types].xml": types, "_rels/.rels": relations, "xl/workbook.xml": b"<x/>"}
    )


def docx_no_document() -> bytes:
    return docx({"[Content_Types].xml": TYPES, "_rels/.rels": RELS})


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 8001 * 500) for _ in range(128)) + packer.flush()
    head = struct.pack(">IIBBBBB", 64_000, 64_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_dot() -> bytes:
    """A picture of a single dot."""
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    return out.getvalue()


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


def tiff_many() -> bytes:
    """Five thousand pages, all the same hundred pixels."""
    entries = [(256, 4, 100), (257, 4, 100), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, 8)]
    entries += [(278, 4, 100), (279, 4, 1300)]
    pixels = b"\xff" * 1300
    out, place = [b"II*\0" + struct.pack("<I", 8 + len(pixels)), pixels], 8 + len(pixels)
    for number in range(5000):
        body = struct.pack("<H", len(entries))
        body += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        place += len(body) + 4
        out += [body, struct.pack("<I", place if number < 4999 else 0)]
    return b"".join(out)


def tiff_huge_tile() -> bytes:
    """A picture of 2^31 rows of one strip."""
    entries = [(256, 4, 60_000), (257, 4, 2**31 - 1), (258, 3, 1), (259, 3, 5), (262, 3, 1)]
    entries += [(273, 4, 8), (278, 4, 2**31 - 1), (279, 4, 2**31 - 1)]
    body = struct.pack("<H", len(entries))
    body += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 0)


def gif() -> bytes:
    """Another picture format under a name that promises PNG."""
    out = io.BytesIO()
    Image.new("L", (300, 300)).save(out, "GIF")
    return out.getvalue()


def text_chunk_bomb() -> bytes:
    """A PNG whose comment unpacks to 400 MB."""
    packed = zlib.compress(b"a" * 400_000_000, 9)
    out = io.BytesIO()
    Image.new("L", (300, 300), 255).save(out, "PNG")
    whole = out.getvalue()
    comment = chunk(b"zTXt", b"Comment\0\0" + packed)
    return whole[:33] + comment + whole[33:]


def jpeg_junk() -> bytes:
    return b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(i % 251 for i in range(5000))


def utf16() -> bytes:
    return "STT\tTên đơn vị\tĐiểm\n1\tXã A\t5\n".encode("utf-16-le")


def binary_text() -> bytes:
    return bytes(range(256)) * 400


def long_line() -> bytes:
    return b"1 UBND " * 1_000_000


def many_tabs() -> bytes:
    return ("STT" + "\tĐiểm" * 3000 + "\n").encode() * 50


def bars() -> bytes:
    """A Markdown table of nothing but bars."""
    return (b"|" * 5000 + b"\n") * 200


def combining() -> bytes:
    """A letter under ten thousand marks."""
    return ("a" + "\u0301" * 10_000 + "\n").encode() * 20


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
    ("jpx-bomb.pdf", jpx_bomb, ["corrupt", "no-table", "too-large"]),
    ("jbig2-bomb.pdf", jbig2_bomb, ["corrupt", "no-table", "too-large"]),
    ("wide-scan.pdf", wide_scan, ["no-table"]),
    ("ribbon.pdf", ribbon, ["corrupt", "no-table", "too-large"]),
    ("object-stream-loop.pdf", object_stream_loop, ["corrupt", "no-table"]),
    ("run-length-bomb.pdf", run_length_bomb, ["corrupt", "no-table", "timeout", "too-large"]),
    ("predictor-bomb.pdf", predictor_bomb, ["corrupt", "no-table", "too-large"]),
    ("huge-numbers.pdf", huge_numbers, ["corrupt", "no-table"]),
    ("outline-loop.pdf", outline_loop, ["no-table"]),
    ("opens-something.pdf", opens_something, ["no-table"]),
    ("bomb.docx", docx_bomb, ["too-large", "corrupt"]),
    ("entities.docx", docx_entities, ["corrupt", "no-table", "too-large"]),
    ("external.docx", docx_external, ["corrupt", "no-table"]),
    ("nested.docx", docx_nested, ["corrupt"]),
    ("nested-less.docx", docx_nested_readable, ["corrupt", "no-table"]),
    ("wide-span.docx", docx_wide_span, ["corrupt", "no-table", "too-large"]),
    ("many-rows.docx", docx_many_rows, ["no-table", "too-large", "timeout"]),
    ("climbing.docx", docx_climbing, ["corrupt"]),
    ("utf16-entities.docx", docx_utf16_entities, ["corrupt", "no-table"]),
    ("no-zip.docx", lambda: b"PK nothing", ["corrupt"]),
    ("sheet.docx", docx_of_a_sheet, ["corrupt"]),
    ("no-document.docx", docx_no_document, ["corrupt"]),
    ("bomb.png", png_bomb, ["too-large"]),
    ("dot.png", png_dot, ["corrupt"]),
    ("truncated.png", png_truncated, ["corrupt"]),
    ("loop.tiff", tiff_loop, ["corrupt", "no-table", "too-large"]),
    ("many.tiff", tiff_many, ["too-large", "timeout", "no-table"]),
    ("huge.tiff", tiff_huge_tile, ["too-large", "corrupt"]),
    ("gif.png", gif, ["corrupt"]),
    ("comment-bomb.png", text_chunk_bomb, ["corrupt", "too-large", "no-table"]),
    ("junk.jpg", jpeg_junk, ["corrupt"]),
    ("utf16.txt", utf16, ["corrupt", "unsupported", "no-table"]),
    ("binary.txt", binary_text, ["corrupt", "unsupported", "no-table"]),
    ("long-line.txt", long_line, ["too-large"]),
    ("many-tabs.txt", many_tabs, ["no-table", "too-large", "timeout"]),
    ("bars.md", bars, ["no-table", "too-large", "timeout"]),
    ("combining.txt", combining, ["no-table"]),
    ("prose.txt", lambda: "Kính gửi Ủy ban nhân dân.\n".encode(), ["no-table"]),
    ("sheet.xlsx", lambda: docx({"xl/workbook.xml": b"<x/>"}), ["unsupported"]),
    ("program.exe", lambda: b"MZ\0\0", ["unsupported"]),
)
"""File name, its maker, and the problems that may honestly be told of it."""


ODD_NAMES = (
    b"two\nlines.txt",
    "\u202ecod.txt".encode(),
    b"no\xff\xfeutf8.txt",
    b"\x1b[31mred.txt",
    b"=cmd|' C calc'!A1.txt",
    b"<img src=x onerror=alert(1)>.txt",
    b"-rf.txt",
    b" .txt",
    ("a" * 250 + ".txt").encode(),
)
"""File names that mislead a terminal, a spreadsheet, a browser or a shell."""


def write_all(folder: Path) -> dict[str, Sequence[str]]:
    """One file of each kind into `folder`; returns what may be told of each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make, _ in KINDS:
        (folder / name).write_bytes(make())
    return {name: codes for name, _, codes in KINDS} | write_places(folder)


def write_places(folder: Path) -> dict[str, Sequence[str]]:
    """What is no file, leads out of the folder, or is larger than any report: nothing on disk."""
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # a socket's name must be short
        listener.bind("socket.pdf")
        os.chdir(here)
    (folder / "link-out.pdf").symlink_to("/etc/hostname")
    (folder / "link-out").symlink_to("/etc")
    (folder / "link-nowhere.pdf").symlink_to("nothing.pdf")
    (folder / "link-device.pdf").symlink_to("/dev/zero")
    for name, size in (("sparse-gigabyte.txt", 1 << 30), ("sparse-terabyte.pdf", 1 << 40)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
    return {
        "pipe.pdf": ["not-a-file"],
        "socket.pdf": ["not-a-file"],
        "link-out.pdf": ["link-outside"],
        "link-out": ["link-outside"],
        "link-nowhere.pdf": ["unreadable-file"],
        "link-device.pdf": ["link-outside"],
        "sparse-gigabyte.txt": ["too-large"],
        "sparse-terabyte.pdf": ["too-large"],
    }
