"""What must hold of this month's applications beside those of last year."""

from evidently.metrics import MeanValue, MissingValueCount
from evidently.presets import DataDriftPreset
from evidently.tests import lte

metrics = [DataDriftPreset(), MeanValue(column="age", tests=[lte(50)]), MissingValueCount(column="income")]
