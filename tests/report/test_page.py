"""The page in a real browser: filters, keys, frames, languages, silence on the network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from audit.run import Audit
from report.page import build
from report.pictures import Pictures

CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
QUIET += ["--disable-component-update", "--no-first-run"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def file(audited: Audit, pictures: Pictures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    build.write(audited, path, "vi", pictures)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[(1366, 768), (820, 1000)])
def page(browser: object, file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
    faults: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda r: requests.append(r.url))
    page.goto(file.as_uri())
    yield page
    page.close()
    assert faults == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def _items(page: Page) -> int:
    return page.locator("#list li").count()


def test_every_finding_and_clean_document_is_listed(page: Page, audited: Audit) -> None:
    with_findings = {f.document for f in audited.findings}
    clean = [k for k in audited.documents if k.input.shown not in with_findings]
    assert _items(page) == len(list(audited.findings)) + len(clean)


def test_filters(page: Page, audited: Audit) -> None:
    page.select_option("#severity", "error")
    assert _items(page) == sum(f.severity == "error" for f in audited.findings) > 0
    page.select_option("#severity", "failed")
    assert page.locator("#list .where").all_inner_texts() == ["broken.pdf"]
    page.select_option("#severity", "")
    page.select_option("#rule", "rank-mismatch")
    assert _items(page) == sum(f.rule == "rank-mismatch" for f in audited.findings) > 0


def test_search_needs_no_diacritics(page: Page) -> None:
    page.fill("#text", "ngoi cay")
    texts = page.locator("#list li").all_inner_texts()
    assert texts and all("Ngối Cáy" in text for text in texts)


def test_keys_move_search_and_switch_the_language(page: Page) -> None:
    first = page.inner_text("#detail h2")
    page.keyboard.press("End")
    assert page.locator("#list li").last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Home")
    assert page.inner_text("#detail h2") == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("h1") == "Result of the audit"


def test_the_arithmetic_stands_beside_the_finding(page: Page) -> None:
    page.fill("#text", "ngoi cay")
    steps = page.inner_text("ol.steps")
    assert "82,90" in steps and "=" not in steps[:1]


def test_an_id_in_the_address_opens_its_finding(page: Page, audited: Audit, file: Path) -> None:
    wanted = list(audited.findings)[-1]
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{wanted.id}")
    selected = page.locator("#list li[aria-selected=true]")
    assert selected.get_attribute("id") == f"item-{wanted.id}"


def test_frames_lie_over_the_figures(
    page: Page, audited: Audit, pictures: Pictures, file: Path
) -> None:
    placed = [f for f in audited.findings if f.box is not None and f.page is not None]
    assert placed, "no sample has a finding with a place on a page"
    finding = placed[0]
    picture = next(p for p in pictures.album(finding.document).pages if p.page == finding.page)
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{finding.id}")
    page.wait_for_function("document.querySelector('figure img')?.complete")
    frame = page.locator("figure .frame.fault").bounding_box()
    sheet = page.locator("figure .sheet").bounding_box()
    assert frame and sheet and finding.box
    scale = sheet["width"] / picture.width
    assert abs((frame["x"] - sheet["x"]) / scale - finding.box.x0) < 5
    assert abs((frame["y"] - sheet["y"]) / scale - finding.box.top) < 5
    assert abs(frame["width"] / scale - (finding.box.x1 - finding.box.x0)) < 12


def test_the_other_figures_of_the_row_are_framed_lightly(
    page: Page, audited: Audit, file: Path
) -> None:
    finding = next(f for f in audited.findings if f.box and f.rule == "officer-average-mismatch")
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{finding.id}")
    assert page.locator("figure .frame.fault").count() == 1
    assert page.locator("figure .frame.other").count() >= 9
    before = page.locator("figure .sheet").bounding_box()
    page.keyboard.press("+")
    after = page.locator("figure .sheet").bounding_box()
    assert before and after and after["width"] > before["width"]


def test_a_document_without_findings_says_what_was_checked(page: Page, audited: Audit) -> None:
    wrong = {f.document for f in audited.findings}
    clean = next(
        k.input.shown for k in audited.documents if k.input.shown not in wrong and k.digest.readable
    )
    page.select_option("#severity", "clean")
    page.fill("#text", clean)
    assert clean in page.inner_text("#detail")
    assert page.locator("#detail details[open] tr").count() > 5


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
    assert reached[:6] == ["language", "issuer", "severity", "rule", "text", "list"]


def test_hostile_texts_are_shown_not_run(page: Page) -> None:
    page.fill("#text", "<script>")
    assert "<script>alert(1)</script>" in page.inner_text("#list")


def test_labels_for_screen_readers(page: Page) -> None:
    for control in ("issuer", "severity", "rule", "text"):
        assert page.locator(f"label:has(#{control}) span").inner_text().strip()
    assert page.get_attribute("#list", "role") == "listbox"


def test_the_data_cannot_end_its_script(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "<script>alert(1)" not in text
    assert json.dumps("<script>alert(1)</script>") not in text
