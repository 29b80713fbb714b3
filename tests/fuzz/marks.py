"""Marks by which words are known again wherever they turn up."""

SEALED = "SEALEDxq"
"""In the other group's words, and in the lane that Jo keeps to herself."""

YOURS = "YOURSxq"
"""In what Young carers share, which no stranger reads."""

OTHERS = "Wardsxq"
"""The other group's name."""

OWN = "Young carers"
ECHO = "echoed"
