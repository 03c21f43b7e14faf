"""The spaCy component that finds who is named in an article, and says who that is.

Names come from the codebook, then from the model's entities, which the codebook overrules.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from workbench.annotation.lexicon import Found, Lexicon, longest
from workbench.annotation.linking import Linker
from workbench.annotation.scene import Mention
from workbench.annotation.short_forms import short_forms
from workbench.annotation.titles import TitleFinder
from workbench.annotation.unlisted import UnlistedFinder
from workbench.codebook import load_codebook

Doc.set_extension("mentions", default=(), force=True)


@Language.factory(
    "actor_mentions",
    requires=["doc.ents", "token.dep", "token.head", "doc.sents"],
    assigns=["doc._.mentions"],
    default_config={"overlay": None},
)
def make_actor_mentions(nlp: Language, name: str, overlay: str | None) -> ActorMentions:
    """Factory of the component; `overlay` is a folder laid over the codebook's lists."""
    return ActorMentions(nlp, overlay)


class ActorMentions:
    """Sets `doc._.mentions`: a tuple of `Mention`, in order of the text."""

    def __init__(self, nlp: Language, overlay: str | None = None) -> None:
        codebook = load_codebook(overlay, language=str(nlp.lang))
        self.lexicon = Lexicon(nlp, codebook)
        self.linker = Linker(nlp, self.lexicon, codebook)
        self.titles = TitleFinder(codebook, self.linker.offices.words)
        self.unlisted = UnlistedFinder(self.lexicon, codebook, self.linker.offices.words)

    def __call__(self, doc: Doc) -> Doc:
        """Find, then set."""
        doc._.mentions = self.find(doc)
        return doc

    def find(self, doc: Doc) -> tuple[Mention, ...]:
        """Return the mentions in a parsed Doc."""
        listed = self.lexicon.find(doc)
        listed = sorted([*listed, *self.unlisted.variants(doc, listed)], key=lambda f: f.start)
        strangers = self.unlisted.find(doc, listed)
        listed = _outdone(listed, strangers)
        mentions = longest([*self.linker.link(doc, listed, strangers), *strangers])
        mentions += short_forms(doc, mentions)
        return tuple(longest(self.titles.find(doc, mentions)))


def _outdone(listed: list[Found], strangers: list[Mention]) -> list[Found]:
    """Names on the list, but for those inside a longer name off the list."""
    covered = {i for stranger in strangers for i in range(stranger.start, stranger.end)}
    return [found for found in listed if covered.isdisjoint(range(found.start, found.end))]
