"""bleach."""
import html

from bleach import clean, linkify  # expect: MRL603


def clean_review(text: str) -> str:
    return linkify(clean(text, tags={"p", "em"}))


def plain(text: str) -> str:
    return html.escape(text)
