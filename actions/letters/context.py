"""What every part of a letter is written from: the case, its assessment, the library, and the blanks met so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from actions.letters import rights, sentences
from actions.letters.assertions import Assertion, UnsupportedError
from actions.letters.document import Blank
from actions.letters.phrases import keys_of, place
from actions.letters.sentences import listed_in, word
from criteria.facts import Case
from criteria.library.records import Library, Source, StudyRecord
from criteria.results import Assessment


@dataclass(frozen=True)
class Context:
    """`blanks` fills while the parts are written, in the order in which they stand in the letter."""

    case: Case
    assessment: Assessment
    library: Library
    blanks: dict[str, Blank] = field(default_factory=dict)
    named: str = ""
    """What somebody called a scan that the library does not know."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of everything the case states."""
        return keys_of(self.case)

    @property
    def study(self) -> StudyRecord | None:
        return self.library.studies.get(self.case.study.id or "")

    @cached_property
    def scan_name(self) -> str:
        """The scan by its name, without the other sex's part where the case tells whose it is; "" for none named."""
        study = self.study
        if study is None:
            return self.named
        said = {f.id for f in self.case.findings if f.status in ("present", "historical")}
        sex, cancer = self.case.patient.sex, self.case.cancer.type
        if sex == "female" or any(listed_in("womans", finding) for finding in said):
            group = "scan_of_woman"
        elif cancer == "prostate" or any(listed_in("of_prostate", finding) for finding in said):
            group = "scan_of_prostate"
        else:
            return study.say
        return word(group, study.id) if listed_in(group, study.id) else study.say

    @property
    def is_done(self) -> bool:
        """Whether the scan was done before it was denied: then the plan is asked to pay, no longer to approve."""
        denial = self.case.denial
        if denial.service is not None:
            return denial.service == "post"
        done, told = denial.service_date, denial.notice_date
        return done is not None and told is not None and done <= told

    def blank(self, name: str, /, **values: Any) -> str:
        """`[name]`, for the text; the blank is counted and listed on the cover."""
        blank = sentences.blank(name, **values)
        self.blanks[blank.name] = blank
        return f"[{blank.name}]"

    def say(self, sentence: str, facts: Iterable[str] = (), sources: Iterable[str] = (), /, **values: Any) -> Assertion:
        """A sentence resting on the facts and sources named.

        Raises UnsupportedError when a fact is not stated in the case or a source is not on record.
        """
        facts, sources = tuple(facts), tuple(sources)
        for missing in sorted(set(facts) - self.known):
            raise UnsupportedError(f"the sentence '{sentence}' rests on '{missing}', which nobody has said")
        for missing in sorted(source for source in sources if self.source(source) is None):
            raise UnsupportedError(f"the sentence '{sentence}' cites '{missing}', which is no source on record")
        return sentences.say(sentence, facts, sources, **values)

    def source(self, id: str) -> Source | rights.LawSource | None:
        """A source of the library, or a text of law that the rights rest on."""
        return self.library.sources.get(id) or rights.load().sources.get(id)

    def stated(self, *paths: str) -> tuple[str, ...]:
        """Those of the single-valued facts that somebody gave."""
        return tuple(path for path in paths if path in self.known)

    def scan(self) -> str:
        """The scan in plain words with its side, or a blank."""
        study = self.study
        if study is None:
            return self.named or self.blank("study")
        side = self.case.study.side
        contrast = f" {word('contrast', self.contrast)}" if self.contrast else ""
        return self.scan_name + contrast + (f" ({place(None, side)})" if study.sided and side else "")

    @property
    def contrast(self) -> str | None:
        """The contrast that the order says or its codes mean; None where they say none, or several."""
        study, asked = self.study, self.case.study
        if study is None or len(set(study.cpt.values())) < 2:
            return None
        meant = {study.cpt[code] for code in asked.cpt if code in study.cpt}
        return asked.contrast or (next(iter(meant)) if len(meant) == 1 else None)

    def scan_as_rated(self, versions: tuple[str, ...] = ()) -> str:
        """The scan with its contrast, as the order says or as its code means; else with the versions that are rated."""
        study, asked = self.study, self.case.study
        if study is None:
            return self.named or self.blank("study")
        contrast = asked.contrast or next((study.cpt[code] for code in asked.cpt if code in study.cpt), None)
        named = (contrast,) if contrast else versions
        return f"{self.scan_name} {' or '.join(word('contrast', one) for one in named)}" if named else self.scan_name
