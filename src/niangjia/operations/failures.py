"""What an operator reads when something cannot be done."""


class Failure(Exception):
    """One line that says what is wrong, one that says what to do. The command line prints both and exits with 1."""

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(what)
        self.what, self.do = what, do
