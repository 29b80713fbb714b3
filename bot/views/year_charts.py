"""Pictures of a group's year, as SVG: told apart by pattern and label, never by colour alone; without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import drawsvg as draw

from bot.domain.bands import Band
from bot.domain.commitments import State
from bot.domain.year import Month, ShownPulse, Theme
from bot.views.commitments import STATE_WORDS
from bot.views.dates import MONTHS
from bot.views.pulse import ANSWERS, BANDS
from bot.views.words import one_line

INK, PAPER, GREY = "#1d2a30", "#ffffff", "#9aa5aa"
SMALL, NORMAL = 10, 11
"""Sizes of letters, in the picture's units."""

WIDE = 700
MOST_IN_HALF = 5
"""Columns of a picture that is half as wide."""

STACK = (State.MOVING, State.TENDING, State.STUCK, State.CHANGED, State.DONE, State.LET_GO)
"""From the foot of a bar to its top."""

BAND_STEPS = {Band.FEW: 1, Band.HALF: 2, Band.MOST: 3, Band.NEARLY_ALL: 4}


class _Picture:
    """A drawing with its patterns, whose ids no other picture on the page has."""

    def __init__(self, name: str, width: float, height: float, says: str) -> None:
        self.name = name
        # drawsvg escapes what stands in a text, and puts an attribute down as it is
        self.drawing = draw.Drawing(width, height, id_prefix=name, role="img", aria_label=escape(says))
        self._patterns = {state: self._pattern(state) for state in State}

    def _pattern(self, state: State) -> draw.Pattern | str:
        """What fills where commitments stand so."""
        if state in _SOLID:
            return _SOLID[state]
        pattern = draw.Pattern(6, 6, patternUnits="userSpaceOnUse", id=f"{self.name}-{state.value}")
        pattern.append(draw.Rectangle(0, 0, 6, 6, fill=PAPER))
        for line in _LINES[state]:
            pattern.append(draw.Line(*line, stroke=INK, stroke_width=1.2))
        if state is State.CHANGED:
            pattern.append(draw.Circle(3, 3, 1.3, fill=INK))
        return pattern

    def box(self, x: float, y: float, width: float, height: float, state: State) -> None:
        """Filled with the state's pattern; `x`, `y` are its upper left corner."""
        self.drawing.append(
            draw.Rectangle(x, y, width, height, fill=self._patterns[state], stroke=INK, stroke_width=0.8)
        )

    def text(self, words: str, x: float, y: float, size: float = SMALL, anchor: str = "start", **more: str) -> None:
        """`y` is the foot of its letters; `anchor`: start, middle or end, which is where `x` is. drawsvg escapes
        the words."""
        self.drawing.append(draw.Text(words, size, x, y, text_anchor=anchor, fill=INK, **more))

    def number(self, number: int, x: float, y: float) -> None:
        """On a patch of paper, so that it can be read on any pattern."""
        width = 5 + 6 * len(str(number))
        self.drawing.append(draw.Rectangle(x - width / 2, y - 5, width, 10, rx=2, fill=PAPER))
        self.text(str(number), x, y + 3.5, anchor="middle")

    def svg(self) -> str:
        """To stand in a page: without an XML header, and without scripts or styles."""
        drawn: str = self.drawing.as_svg(header="", skip_js=True, skip_css=True)
        return drawn


_SOLID = {State.MOVING: INK, State.DONE: PAPER}
_LINES: dict[State, Sequence[tuple[int, int, int, int]]] = {
    State.TENDING: ((0, 6, 6, 0),),
    State.STUCK: ((0, 6, 6, 0), (0, 0, 6, 6)),
    State.CHANGED: (),
    State.LET_GO: ((0, 3, 6, 3),),
}


def commitments_chart(months: Sequence[Month], says: str) -> str:
    """A bar a month, by where commitments stood as it ended."""
    height, foot, left, legend = 166.0, 146.0, 6.0, 120.0
    picture = _Picture("commitments", WIDE, height, says)
    # so that a young group's two months are not drawn as two walls
    step = (WIDE - left - legend) / max(len(months), 4)
    most = max([one.total for one in months] + [1])
    unit = (foot - 18) / most
    for place, one in enumerate(months):
        x, y = left + place * step, foot
        for state in STACK:
            if not (number := one.held.get(state, 0)):
                continue
            tall = number * unit
            y -= tall
            picture.box(x, y, step * 0.72, tall, state)
            # a lower box has no room for its number
            if tall >= 11:
                picture.number(number, x + step * 0.36, y + tall / 2)
        if one.total:
            picture.text(str(one.total), x + step * 0.36, y - 4, NORMAL, "middle", font_weight="bold")
        picture.text(say_short_month(one), x + step * 0.36, foot + 14, anchor="middle")
    axis = draw.Line(left - 4, foot, WIDE - legend - step * 0.2, foot, stroke=INK, stroke_width=0.8)
    picture.drawing.append(axis)
    for place, state in enumerate(reversed(STACK)):
        x, y = WIDE - legend + 8, 24 + place * 20
        picture.box(x, y - 9, 14, 11, state)
        picture.text(STATE_WORDS[state].capitalize(), x + 20, y)
    return picture.svg()


def say_short_month(one: Month) -> str:
    """With its year where that begins."""
    year = f" {one.first.year % 100:02}" if one.first.month == 1 else ""
    return f"{MONTHS[one.first.month - 1][:3]}{year}"


def themes_chart(themes: Sequence[Theme], says: str) -> str:
    """A bar a tag: what is open, was done, was let go."""
    width, left, row, key = WIDE / 2, 130.0, 16.0, 18.0
    picture = _Picture("themes", width, row * len(themes) + key, says)
    told = ((State.MOVING, "Open"), (State.DONE, "Done"), (State.LET_GO, "Let go"))
    for place, (state, words) in enumerate(told):
        picture.box(left + place * 70, 2, 12, 10, state)
        picture.text(words, left + place * 70 + 17, 11)
    unit = (width - left - 30) / max([theme.total for theme in themes] + [1])
    for place, theme in enumerate(themes):
        x, y = left, key + place * row
        picture.text(one_line(theme.tag, 24), left - 6, y + 11, anchor="end")
        for number, state in zip((theme.open, theme.done, theme.let_go), (one for one, _ in told), strict=True):
            if number:
                picture.box(x, y + 2, number * unit, row - 5, state)
                x += number * unit
        picture.text(str(theme.total), x + 5, y + 11, NORMAL, font_weight="bold")
    return picture.svg()


def talks_chart(talks: int, says: str) -> str:
    """Two heads for each."""
    width, most = WIDE / 2, 42
    shown = min(talks, most)
    picture = _Picture("talks", width, 14.0 * -(-shown // 14) + 2, says)
    for number in range(shown):
        x, y = 8.0 + number % 14 * 24, 8.0 + number // 14 * 14
        picture.drawing.append(draw.Circle(x, y, 4.5, fill=INK))
        picture.drawing.append(draw.Circle(x + 8, y, 4.5, fill=PAPER, stroke=INK, stroke_width=1))
    return picture.svg()


def pulse_chart(name: str, shown: Sequence[ShownPulse], heads: Sequence[str], says: str) -> str:
    """A column each time, under its head, a row an answer; a box is filled as far as its band goes."""
    left, row, column, head = 128.0, 16.0, 44.0, 15.0
    answers = ANSWERS[shown[0].question]
    width = WIDE if len(shown) > MOST_IN_HALF else WIDE / 2
    picture = _Picture(name, width, head + row * len(answers) + 2, says)
    for place, words in enumerate(answers.values()):
        picture.text(words, left - 8, head + place * row + 10, anchor="end")
    for across, (one, day) in enumerate(zip(shown, heads, strict=True)):
        x = left + across * column
        picture.text(day, x + column / 2, 10, SMALL, "middle")
        bands = {each.choice: each.band for each in one.spread}
        for place, choice in enumerate(answers):
            corner, wide, tall = (x + 3, head + place * row + 2), column - 6, row - 6
            picture.drawing.append(draw.Rectangle(*corner, wide, tall, fill=PAPER, stroke=GREY, stroke_width=0.8))
            if band := bands.get(choice):
                filled = draw.Rectangle(*corner, wide * BAND_STEPS[band] / 4, tall, fill=INK)
                filled.append_title(BANDS[band])
                picture.drawing.append(filled)
    return picture.svg()
