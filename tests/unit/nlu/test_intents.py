"""The intents, on messages that are in no training file; and the examples themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, messages
from rapidfuzz import fuzz, process

from bot.nlu import model as models
from bot.nlu.model import IntentModel

# The first of them to run also trains, which is a minute's work on one idle core.
pytestmark = pytest.mark.timeout(1200)

Examples = list[tuple[str, str]]


def share_right(model: IntentModel, pairs: Examples) -> float:
    best = model.probabilities([text for text, _ in pairs]).argmax(axis=1)
    return sum(model.intents[i] == intent for i, (_, intent) in zip(best, pairs, strict=True)) / len(pairs)


def guess(model: IntentModel, text: str) -> str:
    return model.intents[int(model.probabilities([text])[0].argmax())]


def test_most_unseen_messages_are_understood(model: IntentModel) -> None:
    assert share_right(model, messages("dev")) >= 0.92


def test_without_the_sentence_model_most_are_still_understood(model: IntentModel) -> None:
    assert share_right(replace(model, meaning=None), messages("dev")) >= 0.80


def test_who_is_sure_is_right(model: IntentModel) -> None:
    pairs = messages("dev")
    chances = model.probabilities([text for text, _ in pairs])
    sure = [
        model.intents[int(row.argmax())] == intent
        for row, (_, intent) in zip(chances, pairs, strict=True)
        if row.max() >= 0.9
    ]
    assert len(sure) / len(pairs) > 0.6
    assert sum(sure) / len(sure) > 0.95


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("wat is the deadlin for my apeal", "ask_deadline"),
        ("plese delet evrything", "delete_data"),
        ("my sholder hurts since septembr", "inform"),
        ("how do I get a new passport", "out_of_scope"),
        ("4 wks PT, no relief", "inform"),
        ("What's the deadline?", "ask_deadline"),
        ("whats the deadline", "ask_deadline"),
    ],
)
def test_it_reads_through_misspellings_and_shorthand(model: IntentModel, text: str, intent: str) -> None:
    assert guess(model, text) == intent


def test_a_text_like_nothing_is_out_of_scope_or_unsure(model: IntentModel) -> None:
    for text in ("", "?!", "\N{SNOWMAN}", "wrxq zvvkt pllm"):
        [chances] = model.probabilities([text])
        assert chances.sum() == pytest.approx(1, abs=1e-5)
        assert guess(model, text) == "out_of_scope" or chances.max() < 0.25


def test_a_model_is_the_same_after_saving(model: IntentModel, tmp_path: Path) -> None:
    models.save(model, tmp_path)
    texts = ["when is it due", "no PT yet", "??"]
    for by_meaning, kept in ((True, model), (False, replace(model, meaning=None))):
        read = models.load(tmp_path, by_meaning)
        assert (read.meaning is None) is not by_meaning
        assert read.probabilities(texts) == pytest.approx(kept.probabilities(texts), abs=1e-5)


def test_every_intent_that_people_type_has_examples_and_messages_to_measure_it(examples: Examples) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]
    counts = Counter(intent for _, intent in examples)
    assert set(counts) == set(domain[: domain.index("answer")])
    assert min(counts.values()) >= 40
    for part, pairs in (("dev", messages("dev.voices")), ("held", messages("held.voices"))):
        measured = Counter(intent for _, intent in pairs)
        assert set(measured) == set(counts), part
        assert min(measured.values()) >= 8, part


def test_no_example_stands_twice(examples: Examples) -> None:
    texts = Counter(text.lower() for text, _ in examples)
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_example_is_nearly_a_message_that_is_measured(examples: Examples) -> None:
    trained = [_bare(text) for text, _ in examples]
    voices = messages("dev.voices") + messages("held.voices")
    near = [text for text, _ in voices if process.extractOne(_bare(text), trained, scorer=fuzz.ratio)[1] > 90]
    assert near == []


def _bare(text: str) -> str:
    letters = "".join(c if c.isalnum() else " " for c in text.lower().replace("'", ""))
    return " ".join(letters.split()) or text
