"""The key of every benchmark: what is measured is encrypted, as it is where the bot runs."""

from __future__ import annotations

from bot.master_keys import read_text

LINE = "bench:" + "c2FtLWpvLWFtaXItbmVhLXByaXlhLXdhbGstcG9uZC4="
MASTERS = read_text(LINE, "the benchmarks")
