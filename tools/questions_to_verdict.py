"""`make questions`: how many questions the check asks before the verdict stands, beside other orders of questions.

Simulates people made from the library's pathways and people written by hand (tests/eval/questions_to_verdict.yml), and
puts the tables into docs/questions.md, which says how it is done. The same library gives the same tables.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bot.measured import written_into  # noqa: E402
from criteria.library import load  # noqa: E402
from criteria.library.records import Library  # noqa: E402
from tools.asking.made import made_people  # noqa: E402
from tools.asking.measure import MOST_STATES, Means, Measured, means, measured  # noqa: E402
from tools.asking.people import Person, written_person  # noqa: E402
from tools.asking.policy import ends  # noqa: E402

PAGE = ROOT / "docs" / "questions.md"
WRITTEN = ROOT / "tests" / "eval" / "questions_to_verdict.yml"
EACH = 3
"""Pathways drawn for each study and each authority with a rule for it."""
POLICY_STATES, POLICY_EVERY = 1500, 3
"""The best policy without hindsight is looked for with so many states, from every third person's inquiry."""
HALF, NEARLY = 0.5, 1.2
WORST = 10


def people(library: Library, each: int) -> list[Person]:
    """Everybody simulated, in a fixed order."""
    records = yaml.safe_load(WRITTEN.read_text("utf-8"))
    return [*made_people(library, each), *(written_person(record, library) for record in records)]


def report(rows: list[Measured], small_ends: list[tuple[float, float]], out_of_reach: int) -> str:
    """The measured part of the page. `small_ends`: expected questions of the check and of the best policy."""
    every = means(rows)
    parts = [
        "| cases | n | the check | (a) the library's order | (a′) the same, only rules in play | (b) by lot "
        "| (c) optimum with hindsight | check / (a) | check / (c) |",
        "|---|---|---|---|---|---|---|---|---|",
        *_lines(rows, lambda r: r.person.family),
        *_lines(rows, lambda r: _KINDS[r.person.kind]),
        _line("**all**", every),
        "",
        f"- Aim, at most half of (a): **{_judged(every.to_listed, HALF)}**. The optimum with hindsight is itself "
        f"{every.optimum / (every.listed or 1):.2f} of (a).",
        f"- Aim, at most 1.2 times (c): **{_judged(every.to_optimum, NEARLY)}**. The optimum was found for "
        f"{every.known} of {every.cases}; the ratio is over those ({every.engine_where_known:.2f} questions against "
        f"{every.optimum:.2f}).",
        *_apart(rows),
        *_policy(small_ends, out_of_reach),
        *_talk(rows),
        f"- Shown to read, every line of a list and one for any other question: {mean(r.shown for r in rows):.1f} "
        f"things, in the library's order {mean(r.shown_listed for r in rows):.1f}.",
        f"- The library's order, asking only what could still change the verdict: {every.mattering:.2f} questions.",
        f"- No question was needed for {sum(r.engine == 0 for r in rows)}; at most {max(r.engine for r in rows)} were.",
        *_ends(rows),
        "",
        f"The {WORST} cases with most questions over the optimum:",
        "",
        "| case | verdict | the check | optimum | asked |",
        "|---|---|---|---|---|",
        *_worst(rows),
    ]
    return "\n".join(parts)


def _apart(rows: list[Measured]) -> list[str]:
    known = [(r.engine, r.optimum_apart) for r in rows if r.optimum_apart is not None]
    check, best = (sum(side) for side in zip(*known, strict=True)) if known else (0, 0)
    if not best:
        return []
    return [
        f"- The optimum over the library's own questions, none of them asked together, is {best / len(known):.2f}; "
        f"the check asks {check / best:.2f} times as many."
    ]


def _talk(rows: list[Measured]) -> list[str]:
    check, listed = mean(r.talk for r in rows), mean(r.talk_listed for r in rows)
    if not listed:
        return []
    return [
        f"- In the conversation, after what it asks everybody: {check:.2f} questions, in the library's order "
        f"{listed:.2f}. At most half of that: **{_judged(check / listed, HALF)}**."
    ]


def _policy(small_ends: list[tuple[float, float]], out_of_reach: int) -> list[str]:
    check, best = (sum(side) for side in zip(*small_ends, strict=True)) if small_ends else (0.0, 0.0)
    if not best:
        return []
    return [
        f"- Against the best policy without hindsight (d): **{_judged(check / best, NEARLY)}**, "
        f"{check / len(small_ends):.2f} questions expected against {best / len(small_ends):.2f}, from "
        f"{len(small_ends)} ends of inquiries; {out_of_reach} more were out of reach."
    ]


_KINDS = {"met": "made, meets a pathway", "short": "made, one leaf short", "written": "written by hand"}


def _lines(rows: list[Measured], group: Callable[[Measured], str]) -> Iterable[str]:
    for name in sorted({group(r) for r in rows}):
        yield _line(name, means(r for r in rows if group(r) == name))


def _line(name: str, m: Means) -> str:
    optimum = f"{m.optimum:.2f}" if m.known == m.cases else f"{m.optimum:.2f} ({m.known})"
    return (
        f"| {name} | {m.cases} | {m.engine:.2f} | {m.listed:.2f} | {m.in_play:.2f} | {m.lot:.2f} | {optimum} "
        f"| {m.to_listed:.2f} | {m.to_optimum:.2f} |"
    )


def _judged(ratio: float, aim: float) -> str:
    return f"{'met' if ratio <= aim else 'missed'}, {ratio:.2f}"


def _ends(rows: list[Measured]) -> list[str]:
    other = [r for r in rows if r.verdict_asked != r.verdict_in_full]
    line = (
        f"- The verdict at the end is the one of the same person with everything said in {len(rows) - len(other)} of "
        f"{len(rows)} (in the library's order in {sum(r.verdict_listed == r.verdict_in_full for r in rows)})"
    )
    if not other:
        return [f"{line}."]
    return [f"{line}. The others:", *(f"  - {_plain(r.person.name)}: {_verdicts(r)}" for r in other)]


def _verdicts(row: Measured) -> str:
    return f"`{row.verdict_asked}` after the questions, `{row.verdict_in_full}` with everything said"


def _worst(rows: list[Measured]) -> Iterable[str]:
    known = [r for r in rows if r.optimum is not None and r.engine > r.optimum]
    for r in sorted(known, key=lambda r: ((r.optimum or 0) - r.engine, r.person.name))[:WORST]:
        asked = ", ".join(f"`{id}`" for id in r.asked)
        yield f"| {_plain(r.person.name)} | `{r.verdict_asked}` | {r.engine} | {r.optimum} | {asked} |"


def _plain(name: str) -> str:
    return name.replace("|", "/")


def main() -> None:
    """Measure, print the tables and put them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=EACH, help="pathways for each study and authority (default 3)")
    parser.add_argument("--most-states", type=int, default=MOST_STATES, help="limit of the search for the optimum")
    parser.add_argument("--print", action="store_true", dest="only_print", help="do not write the page")
    given = parser.parse_args()
    library = load()
    everybody = people(library, given.each)
    rows = [measured(person, library, given.most_states) for person in everybody]
    part = report(rows, *ends(everybody[::POLICY_EVERY], library, POLICY_STATES))
    print(part)
    if not given.only_print:
        PAGE.write_text(written_into(PAGE.read_text("utf-8"), part, PAGE.name), "utf-8")


if __name__ == "__main__":
    main()
