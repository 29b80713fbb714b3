"""What Slack would refuse about blocks: one defect, its place, and how Slack words it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing Slack would refuse: a code of ours, where it is (JSON pointer), and a sentence."""

    code: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def missing(pointer: str, key: str) -> Defect:
    return Defect("missing", f"{pointer}/{key}", f"missing required field: {key}")


def unknown_key(pointer: str, key: str) -> Defect:
    return Defect("unknown_key", f"{pointer}/{key}", f"invalid additional property: {key}")


def wrong_type(pointer: str, wanted: str) -> Defect:
    return Defect("wrong_type", pointer, f"must be a valid {wanted}")


def unknown_type(pointer: str, kind: object) -> Defect:
    return Defect("unknown_type", f"{pointer}/type", f"unsupported type: {kind}")


def too_many(pointer: str, most: int) -> Defect:
    return Defect("too_many", pointer, f"no more than {most} items allowed")


def too_long(pointer: str, most: int) -> Defect:
    return Defect("too_long", pointer, f"must be less than {most + 1} characters")


def duplicate(pointer: str, key: str, value: str) -> Defect:
    return Defect("duplicate", f"{pointer}/{key}", f'`{key}` "{value}" already exists')
