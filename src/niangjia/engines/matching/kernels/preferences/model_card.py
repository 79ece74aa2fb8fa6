"""What a model was made of, how good it is on people it never saw, and what it must not be used for."""

from dataclasses import dataclass

LIMITS = (
    "It estimates how likely a yes is, from behaviour; it does not know who suits whom.",
    "Before two people have met, self-reports explain almost nothing that is special to the pair "
    "(Joel, Eastwick and Finkel 2017): never call it compatibility.",
    "Measured on groups held out whole; a random split of rows would look better and be wrong.",
    "It repeats the tastes in its data, unfair ones too; clearing the market limits the harm, fairness figures tell.",
    "It holds for people like those in the data; elsewhere measure again before use.",
)


@dataclass(frozen=True, slots=True)
class ModelCard:
    """AUC: 0.5 is chance. log_loss in nats. calibration_error: mean distance of said and true share of yes."""

    data: str
    decisions: int
    groups: int
    share_yes: float
    auc: float
    log_loss: float
    calibration_error: float
    strongest: tuple[str, ...]
    limits: tuple[str, ...] = LIMITS

    def __str__(self) -> str:
        lines = [
            "Model card: probability of a yes",
            f"  data               {self.data}",
            f"  decisions          {self.decisions} in {self.groups} groups, {self.share_yes:.1%} yes",
            f"  AUC, held out      {self.auc:.3f}",
            f"  log loss, held out {self.log_loss:.3f}",
            f"  calibration error  {self.calibration_error:.3f}",
            f"  strongest features {', '.join(self.strongest)}",
            "  limits",
            *(f"  - {line}" for line in self.limits),
        ]
        return "\n".join(lines)
