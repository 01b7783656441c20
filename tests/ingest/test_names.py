"""Short forms of persons named in full elsewhere in the article."""

from __future__ import annotations

import pytest
from small_kb import found, small_kb

from ingest.kb.short_forms import PersonForms, ShortForms


def persons(text: str, *, title: str = "", date: str | None = None) -> list[str]:
    """The entities of the mentions of a text in order."""
    return [mention.partition("=")[2] for mention in found(text, title=title, date=date)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Benjamin Netanyahu left. Netanyahu’s office agreed.", ["benjamin-netanyahu"] * 2),
        ("Netanyahu left. Mr. Netanyahu is Benjamin Netanyahu.", ["benjamin-netanyahu"] * 3),
        ("Bashar al-Assad left. Assad, al-Assad and Al Assad.", ["bashar-al-assad"] * 4),
        ("Ursula von der Leyen spoke. Von der Leyen left.", ["ursula-von-der-leyen"] * 2),
        ("Xi Jinping spoke. Xi left. Jinping stayed.", ["xi-jinping"] * 2),
        ("Jack Ma spoke. Ma left.", ["jack-ma"] * 2),
        ("Ban Ki-moon spoke. Ban left.", ["ban-ki-moon"] * 2),
        ("Itamar Ben-Gvir left. Ben-Gvir and Ben Gvir. Gvir.", ["itamar-ben-gvir"] * 3),
        ("Recep Tayyip Erdogan left. Erdoğan’s party.", ["recep-tayyip-erdogan"] * 2),
        ("Pope Francis spoke. Francis left.", ["pope-francis"] * 2),
        ("King Abdullah II spoke. King Abdullah left.", ["abdullah-ii"] * 2),
        ("Mohammed bin Salman spoke. Prince Mohammed left.", ["mohammed-bin-salman"] * 2),
        ("Donald Trump left. The Trump administration, Trump-era aides.", ["donald-trump"] * 3),
        ("Donald Trump and Benjamin Netanyahu: the Trump-Netanyahu talks", ["donald-trump", "benjamin-netanyahu"] * 2),
        ("DONALD TRUMP LEFT. Then TRUMP spoke.", ["donald-trump"] * 2),
        ("Donald Trump left. When Trump came, President Trump spoke on Monday.", ["donald-trump"] * 3),
        ("Theresa May left in May. On May 5 and in 2017 May spoke.", ["theresa-may"] * 2),
        ("Theresa May left. The critics of May’s deal left.", ["theresa-may"] * 2),
        ("Donald Trump left. The man is Trump - Smith says so.", ["donald-trump"] * 2),
        ("Bibi came. Netanyahu spoke.", ["benjamin-netanyahu"] * 2),
    ],
)
def test_a_short_form_names_the_person_named_in_full(text: str, mentions: list[str]) -> None:
    """Before and after the full name, in every spelling of the surname."""
    assert persons(text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Donald Trump left. Melania Trump stayed.", ["donald-trump"]),
        ("Donald Trump left. Then Xenia Trump stayed.", ["donald-trump"]),
        ("Donald Trump left. The Trump Organization stayed.", ["donald-trump"]),
        ("Donald Trump left. They trump everything.", ["donald-trump"]),
        ("Donald Trump left. Ocasio-Trump and Trump-Smith stayed.", ["donald-trump"]),
        ("Trump and Netanyahu left.", []),
    ],
)
def test_a_surname_is_nobody_else_s(text: str, mentions: list[str]) -> None:
    """Not behind a given name or an unknown word, not in a longer name, not without a full name."""
    assert persons(text) == mentions


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("George W. Bush praised George H. W. Bush. Bush said it.", "george-w-bush"),
        ("Kim Jong Un met Kim Yo Jong. Kim left.", "kim-jong-un"),
        ("Eric Trump met Donald Trump. Donald Trump left. Trump spoke.", "donald-trump"),
    ],
)
def test_a_shared_surname_is_the_most_named_then_the_first_person_s(text: str, last: str) -> None:
    """The nearest full name is not what decides."""
    assert persons(text)[-1] == last


def test_a_title_before_the_text_is_resolved_by_the_text() -> None:
    """A headline may have the surname alone."""
    assert found("Donald Trump spoke.", title="Trump Says No") == ["Trump=donald-trump", "Donald Trump=donald-trump"]


def test_an_office_and_a_surname_name_its_holder() -> None:
    """The rest of the article may then use the surname alone."""
    assert persons("President Biden spoke. Biden left.") == ["joe-biden"] * 2
    assert persons("The Biden administration agreed.") == ["joe-biden"]
    assert persons("The Biden-Harris Administration agreed.") == ["joe-biden"]
    assert persons("Mr. Biden and Senator Biden agreed.") == []
    assert persons("They met in President Biden Street today.") == []


def test_of_several_holders_the_date_chooses() -> None:
    """Without a date in the term of exactly one of them, nobody is meant."""
    assert persons("President Bush spoke.", date="2005-06") == ["george-w-bush"]
    assert persons("President Bush spoke.", date="1990") == ["george-h-w-bush"]
    assert persons("President Bush spoke.", date="2015-01-01") == []
    assert persons("President Bush spoke.") == []
    assert persons("President Bush met George W. Bush.", date="1990") == ["george-w-bush"] * 2


def test_a_name_of_one_word_is_its_own_short_form() -> None:
    """It has no surname to go on with."""
    assert PersonForms().of(small_kb().entities["pope-francis"]) == ShortForms((("francis",),), (("francis",),))
    assert PersonForms().of(small_kb().entities["theresa-may"]).surnames == (("may",),)
