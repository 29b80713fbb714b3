"""What can go wrong in a way that a person can mend, said in a sentence they can act on."""


class Problem(Exception):
    """A wish that can't be granted as it stands.

    `sentence` is for the person who wished: what happened and what to do. `field` names the input it
    belongs to (one of the views' field constants), or is None where the whole wish is at fault.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
