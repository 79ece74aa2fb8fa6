"""What a solver says about input it cannot honestly work on. All are ValueErrors."""


class MatchingError(ValueError):
    """The input describes no market, event or graph that could exist."""


class BadShape(MatchingError):
    """Arrays that should describe the same people have different sizes."""


class BadProbability(MatchingError):
    """A probability is NaN or lies outside [0, 1]."""


class BadWeight(MatchingError):
    """A weight is NaN, infinite or negative."""


class BadIndex(MatchingError):
    """A person or edge is named that does not exist."""


class DuplicateId(MatchingError):
    """The same person or edge is listed twice."""


class SamePersonOnBothSides(MatchingError):
    """Nobody may stand on both sides of a two-sided market."""


class BadCapacity(MatchingError):
    """A capacity, number of rounds, list length or other count is negative or not whole."""


class BadParameter(MatchingError):
    """A tuning parameter lies outside its range."""


class TooFewDecisions(MatchingError):
    """There are not enough real decisions, or only of one kind, to learn from."""
