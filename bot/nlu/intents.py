"""The Rasa component that gives every message its intent."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Type  # noqa: UP035 - Rasa's graph reads these annotations

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import minilm
from bot.nlu.model import IntentModel, load, save, train

_log = logging.getLogger("overturn.nlu")
_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Intents(IntentClassifier, GraphComponent):
    """Ranks the intents of each message; by letters alone, with a warning, without the sentence model."""

    @classmethod
    def required_components(cls) -> List[Type]:  # noqa: UP006
        return []

    @staticmethod
    def get_default_config() -> Dict[str, Any]:  # noqa: UP006
        return {}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:  # noqa: UP006
        """Nothing to configure."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: IntentModel | None = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Intents:
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [(message.get(TEXT), message.get(INTENT)) for message in training_data.intent_examples]
        self._model = train(examples, _by_meaning("trained"))
        with self._storage.write_to(self._resource) as folder:
            save(self._model, folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Intents:
        by_meaning = _by_meaning("read")
        with model_storage.read_from(resource) as folder:
            model = load(folder, by_meaning)
        if by_meaning and model.meaning is None:
            _log.warning("the model was trained without the sentence model; delete the folder models/ and start again")
        return cls(model_storage, resource, model)

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        for message in messages:
            text = message.get(TEXT)
            if not text or self._model is None:
                continue
            [chances] = self._model.probabilities([text])
            ranked = [
                {"name": self._model.intents[i], "confidence": float(chances[i])} for i in chances.argsort()[::-1]
            ]
            message.set("intent", ranked[0], add_to_output=True)
            message.set("intent_ranking", ranked[:_RANKED], add_to_output=True)
        return messages


def _by_meaning(done: str) -> bool:
    """Whether the sentence model can be used; warns if not, because fewer messages are then understood."""
    try:
        minilm.check()
    except minilm.WrongWeightsError as error:
        _log.warning("%s. Intents are %s by letters alone: more messages will be misunderstood", error, done)
        return False
    return True
