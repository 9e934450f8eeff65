"""The consent to keep personal data as a page; every version that was shown stays readable."""

import html
import re
from pathlib import Path

from connectors.settings import ROOT

#: Written by whoever words the consent; the newest name is the one in force.
FOLDER = ROOT / "actions" / "optfm" / "leads" / "consent_texts"
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}[\w-]*")
_FRAME = (Path(__file__).parent / "html" / "document.html").read_text(encoding="utf-8")


def versions(folder: Path = FOLDER) -> list[str]:
    """All versions, the one in force first."""
    return sorted((path.stem for path in folder.glob("*.md")), reverse=True)


def page(version: str, folder: Path = FOLDER) -> bytes | None:
    """A version's page in HTML; None where there is no such version.

    :param version: anything that an address may end with.
    """
    if not _VERSION.fullmatch(version) or version not in versions(folder):
        return None
    text = (folder / f"{version}.md").read_text(encoding="utf-8")
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "Документ")
    others = [name for name in versions(folder) if name != version]
    links = "".join(f'<li><a href="/consent/{name}">{name}</a></li>' for name in others)
    filled = _FRAME.replace("{title}", html.escape(title)).replace("{body}", as_html(text))
    more = f"<h2>Другие редакции</h2><ul>{links}</ul>" if others else ""
    return filled.replace("{others}", more).encode()


def as_html(text: str) -> str:
    """Headings, lists and paragraphs of a Markdown text; everything else stays as it is typed.

    :returns: HTML in which nothing of the text is a tag.
    """
    blocks = re.split(r"\n\s*\n", text.strip())
    return "\n".join(_block(block.strip()) for block in blocks if block.strip())


def _block(block: str) -> str:
    if heading := re.match(r"(#{1,3}) +(.+)", block):
        level = len(heading[1])
        rest = block[heading.end() :].strip()
        return f"<h{level}>{html.escape(heading[2])}</h{level}>" + (_block(rest) if rest else "")
    lines = block.splitlines()
    if all(line.startswith(("- ", "* ", "  ")) for line in lines):
        items = re.split(r"\n[-*] ", "\n" + block)[1:]
        return (
            "<ul>" + "".join(f"<li>{html.escape(_one_line(item))}</li>" for item in items) + "</ul>"
        )
    return f"<p>{html.escape(_one_line(block))}</p>"


def _one_line(text: str) -> str:
    return " ".join(text.split())
