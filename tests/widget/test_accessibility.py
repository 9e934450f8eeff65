"""WCAG 2.2 AA: axe finds nothing, and the keyboard is enough."""

import json

import pytest
from playwright.sync_api import expect
from widget.browsing import DESKTOP, PHONE, Visitor

_RUN_AXE = """async () => {
    const found = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
    });
    return found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' ') + ' '
        + n.failureSummary)]);
}"""


@pytest.fixture
def axe(node_modules):
    """Runs axe-core on a page; what it found."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def run(visitor: Visitor) -> list:
        visitor.page.evaluate(source)
        return visitor.page.evaluate(_RUN_AXE)

    return run


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(visit, axe, device, theme):
    """Closed with unread answers, open, with cards, buttons, a link and a warning."""
    visitor = visit(**device, color_scheme=theme, reduced_motion="reduce")
    expect(visitor.launcher).to_be_visible()
    assert axe(visitor) == []
    visitor.open()
    assert axe(visitor) == []
    visitor.ask("дисплей на айфон 11")
    visitor.ask("автодержатель borofone bh34")
    visitor.ask("Оставить заявку")
    assert axe(visitor) == []
    visitor.page.context.set_offline(True)
    visitor.write("Согласен")
    expect(visitor.page.locator(".banner")).to_be_visible()
    assert axe(visitor) == []
    visitor.page.keyboard.press("Escape")
    visitor.page.context.set_offline(False)
    expect(visitor.page.locator(".unread")).to_be_visible()
    assert axe(visitor) == []


def test_the_keyboard_is_enough(visit):
    """Enter opens and the focus is in the field; Escape closes and gives the focus back."""
    visitor = visit()
    visitor.launcher.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.input).to_be_focused()
    visitor.page.keyboard.type("привет")
    visitor.page.keyboard.press("Enter")
    visitor.answered("привет")
    expect(visitor.input).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.launcher).to_be_focused()
    expect(visitor.page.locator("dialog")).to_be_hidden()


def test_on_a_phone_the_page_behind_cannot_be_reached(visit):
    """The panel is the whole screen, and the focus stays in it."""
    visitor = visit(**PHONE, reduced_motion="reduce").open()
    box = visitor.page.locator("dialog").bounding_box()
    assert (box["width"], box["height"]) == (390, 844)
    for _ in range(15):
        visitor.page.keyboard.press("Tab")
        outside = visitor.page.evaluate(
            "document.activeElement !== document.body"
            " && document.activeElement.localName !== 'optfm-chat'"
        )
        assert not outside


def test_targets_are_large_enough(visit):
    """At least 24 by 24 pixels, but for links in a line of text (WCAG 2.5.8)."""
    visitor = visit().open()
    visitor.ask("дисплей на айфон 11")
    small = visitor.page.evaluate(
        """() => [...document.querySelector('optfm-chat').shadowRoot
            .querySelectorAll('button, textarea, .legal a')]
            .map(e => [e.className, e.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    )
    assert json.dumps(small) == "[]"


def test_nothing_moves_for_who_wants_no_motion(visit):
    """prefers-reduced-motion: no animation, no transition."""
    visitor = visit(reduced_motion="reduce").open()
    moving = visitor.page.evaluate(
        "document.querySelector('optfm-chat').shadowRoot.getAnimations().length"
    )
    assert moving == 0
