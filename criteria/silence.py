"""What the rules give while nothing has been said: worked out once, and where every check begins.

People say a few things, and a study's rules ask about hundreds. A rule that reads nothing of what was said gives what
it gives to somebody who has said nothing, so a check looks that up and works out the rest alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Lock

from criteria.facts import Case, FactValue, Study
from criteria.judging import said_in
from criteria.leaves import Node, Scene
from criteria.library.records import Library, StudyRecord
from criteria.opinions import contrast_asked, helpful_trees, open_sets, opinion, refusing_sets, trees
from criteria.supposed import read_as
from criteria.tree import below, evaluate, leaves, value, ways

_one_at_a_time = Lock()
_ANY_DAY = date(2000, 1, 1)
"""No day matters to a rule while nothing has a date. It is not the first of all days: rules look back from it."""


def scene_of(case: Case, study: StudyRecord, library: Library, day: date) -> Scene:
    """The case seen for its study, on the day whose rules are used, with what it has in common with saying nothing."""
    silent = _silent(case, study, library)
    changed = read_as(_said(case), study) | {
        path for path in library.fields_read if said_in(case, path) != said_in(silent.case, path)
    }
    return Scene(case, study, library, day, silent.sets.copy(), silent, changed, True, rated=silent.rated)


def _said(case: Case) -> Iterator[FactValue]:
    yield from case.findings
    yield from case.treatments
    yield from case.imaging
    yield from case.evaluations


def _silent(case: Case, study: StudyRecord, library: Library) -> Scene:
    """The scene of somebody who has said nothing but which study, which side and which contrast."""
    asked = Study(study.id, side=case.study.side, contrast=contrast_asked(case.study, study))
    key = (study.id, asked.side, asked.contrast)
    if key not in library.silent:
        with _one_at_a_time:
            # It is whole before anybody sees it, and from then on only read: so checks at the same time may share it.
            library.silent[key] = library.silent.get(key) or _worked_out(asked, study, library)
    return library.silent[key]


def _worked_out(asked: Study, study: StudyRecord, library: Library) -> Scene:
    scene = Scene(Case(_ANY_DAY, asked), study, library, _ANY_DAY)
    for guideline in library.guidelines_for(study.id):
        opinion(guideline, scene)
        refusing_sets(guideline, scene)
        for least in (1, 2):
            open_sets(guideline, scene, least)
        for tree in (*trees(guideline, scene), *helpful_trees(guideline, scene)):
            _everything_of(tree, scene)
        if guideline.about:
            _everything_of(guideline.about, scene)
    return scene


def _everything_of(tree: Node, scene: Scene) -> None:
    for part in tree.of:
        _everything_of(part, scene)
    for want in (True, False):
        evaluate(tree, scene, want)
        value(tree, scene, want)
        ways(tree, scene, want)
        below(tree, scene, want)
    leaves(tree, scene)
