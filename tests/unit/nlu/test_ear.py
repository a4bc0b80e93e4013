"""The second ear: other words than the examples'; what is ordinary, denied or only near in words stays unheard."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.engine.model import ready_ear, ready_model
from bot.nlu import ear, minilm
from bot.nlu.ear import Ear
from criteria.library import load

# The first of them to run may also train the model.
pytestmark = pytest.mark.timeout(1200)

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def trained() -> Ear:
    """The ear that is trained with the model."""
    found = ready_ear(ready_model(ROOT, os.environ, lambda line: None, lambda child: None))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my left arm went limp half an hour ago and he says my words come out like soup", "E"),
        ("Quick question about the form. Since this morning I wet myself twice and never felt it coming.", "E"),
        ("the worst pain my head ever had, it hit like a hammer in one second while i was lifting", "E"),
        ("cant catch my breath since an hour and there is a weight sitting on my chest", "E"),
        ("I have put the sleeping tablets in a row and I do not plan to see Monday", "crisis"),
        ("my brother texted that nobody will have to carry him any more after tonight", "crisis"),
    ],
)
def test_words_that_stand_in_no_example_are_heard(trained: Ear, text: str, level: str) -> None:
    assert trained.hears(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "?!",
        "yes, six weeks of therapy and the knee still locks",
        "When is the last day to appeal? The letter is from November 2.",
        "no numbness between the legs, no trouble with the bladder, no fever",
        "this insurance company will be the death of me, I swear",
        "My father had a stroke in 2011. I only have an ache in my shoulder since spring.",
        "58M, LBP x 10 wks, SLR neg, no saddle anesthesia, strength 5/5, failed PT and NSAIDs",
        "can you explain what a peer to peer call is",
    ],
)
def test_ordinary_messages_are_not(trained: Ear, text: str) -> None:
    assert trained.hears(text) is None


def test_it_is_read_back_as_it_was_trained(trained: Ear, tmp_path: Path) -> None:
    ear.save_ear(trained, tmp_path)
    again = ear.load_ear(tmp_path)
    assert again is not None
    for text in ("i cant feel my legs since last night and i am leaking pee", "thank you so much"):
        assert again.hears(text) == trained.hears(text)


def test_without_the_sentence_model_there_is_none(
    trained: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise minilm.WrongWeightsError("not installed")

    ear.save_ear(trained, tmp_path)
    monkeypatch.setattr(minilm, "check", missing)
    assert ear.load_ear(tmp_path) is None


@given(st.text(st.characters(), max_size=80))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_can_be_typed_stops_it(trained: Ear, text: str) -> None:
    assert trained.hears(text + " \ud800\x00") in (None, "E", "crisis")


def test_a_very_long_message_is_heard_in_bounded_time(trained: Ear) -> None:
    seen: list[int] = []
    real = minilm.sentence_vectors
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(minilm, "sentence_vectors", lambda texts: (seen.append(len(texts)), real(texts))[1])
        assert trained.hears("a. " * 20_000) is None
    assert sum(seen) <= 60


def test_every_example_is_of_a_known_level_and_every_emergency_flag_has_some() -> None:
    examples = ear.examples()
    assert {level for _, level in examples} == {"E", "crisis", "U", "none"}
    texts = [text for text, _ in examples]
    assert len(set(texts)) >= 0.99 * len(texts)
    headings = (ear.EXAMPLES / "emergencies.yml").read_text("utf-8")
    for flag in load().red_flags.values():
        if flag.level == "E":
            assert f"# {flag.id} " in headings, flag.id
