"""The Rasa component that gives every message its sentence vector."""

from __future__ import annotations

from typing import Any, Dict, List, Type  # noqa: UP035 - Rasa's graph reads these annotations

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.minilm import sentence_vector

# Rasa's logistic regression ignores its `C`; longer vectors have the same effect. Chosen by cross-validation (sqrt 30).
SCALE = 5.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """Sets the sentence vector, scaled, as the message's one dense feature."""

    @classmethod
    def required_components(cls) -> List[Type]:  # noqa: UP006
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:  # noqa: UP006
        return {**DenseFeaturizer.get_default_config()}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:  # noqa: UP006
        """Nothing to configure."""

    def __init__(self, config: Dict[str, Any], name: str) -> None:  # noqa: UP006
        super().__init__(name, config)

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:  # noqa: UP006
        for message in messages:
            text = message.get(TEXT)
            if text:
                vector = (sentence_vector(text) * SCALE).reshape(1, -1).astype(np.float32)
                alias = self._config[FEATURIZER_CLASS_ALIAS]
                message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, alias))
        return messages
