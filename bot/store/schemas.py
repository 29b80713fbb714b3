"""What we keep, by name: one line for each noun, with the way up from its older versions."""

from __future__ import annotations

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.brief import Brief
from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.erasure import Sealed
from bot.domain.exclusions import Exclusions
from bot.domain.groups import Group, OrganisationsPost, SettingsChange
from bot.domain.inquiry import Inquiry, InquiryAnswer
from bot.domain.installation import Installation
from bot.domain.introductions import Introduction
from bot.domain.learning import Learnt
from bot.domain.ledger import Ledger
from bot.domain.offers import Offer
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.pulse import Pulse
from bot.domain.purpose import Purpose
from bot.domain.review import Placings, Review
from bot.domain.rounds import Round
from bot.domain.typed import Typed
from bot.store import upgrades
from bot.store.codec import Schema
from bot.store.own_lanes import OWN_LANES

PERSON = Schema("person", Person, upgrades=(upgrades.person_without_enterprises,), remembered=True)
LEDGER = Schema("ledger", Ledger)
GROUP = Schema("group", Group, upgrades=(upgrades.group_with_panel,), remembered=True)
LEADER = Schema("leader", Leader, upgrades=(upgrades.leader_welcomed,), remembered=True)
ROUND = Schema("round", Round, upgrades=(upgrades.round_in_codes,), remembered=True)
PLATE = Schema("plate", Plate, upgrades=(upgrades.plate_without_times,), own=OWN_LANES)
CHECK_IN = Schema("check-in", CheckIn)
COMMITMENT = Schema(
    "commitment", Commitment, upgrades=(upgrades.commitment_in_codes, upgrades.commitment_with_history)
)
DIGEST = Schema("digest", Digest, upgrades=(upgrades.digest_in_codes, upgrades.digest_without_count))
CHANGE = Schema("change of settings", SettingsChange, upgrades=(upgrades.change_without_sentences,))
ORGANISATIONS_POST = Schema("post of who speaks for whom", OrganisationsPost)
BRIEF = Schema("brief", Brief)
ATTENTION = Schema("what was put to a leader", Attention)
ASK = Schema("ask", Ask)
OFFER = Schema("offer", Offer)
INTRODUCTION = Schema("introduction", Introduction)
INQUIRY = Schema("question put to all", Inquiry)
INQUIRY_ANSWER = Schema("answer to a question put to all", InquiryAnswer)
REVIEW = Schema("review of commitments", Review)
PLACINGS = Schema("what a leader placed in a review", Placings)
LEARNT = Schema("what was learnt from a commitment", Learnt)
EXCLUSIONS = Schema("whom a leader is not to be put together with", Exclusions)
SEALED = Schema("record under a legal hold", Sealed)
PULSE = Schema("pulse", Pulse)
TYPED = Schema("what was typed last", Typed)
PURPOSE = Schema("purpose", Purpose)
INSTALLATION = Schema("installation", Installation)
