"""Pages of help in another language: what is for people is translated, figures and citations stay."""

from ui.help.pages import translated_page

PAGE = """# A title

Some words
on two lines.

| name | error % |  |
|---|--:|---|
| LeNet | 0.9 |  |

![A picture](errors.svg)

* an item
"""


def test_headings_heads_names_and_paragraphs_are_translated_and_the_rest_stays() -> None:
    assert translated_page(PAGE, str.upper) == (
        "# A TITLE\n\nSOME WORDS ON TWO LINES.\n\n| NAME | ERROR % |  |\n|---|--:|---|\n| LeNet | 0.9 |  |\n\n"
        "![A PICTURE](errors.svg)\n\n* an item\n"
    )


def test_a_page_that_nobody_translates_says_the_same() -> None:
    assert " ".join(translated_page(PAGE, str).split()) == " ".join(PAGE.split())
