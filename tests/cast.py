"""People we know: nine leaders of six organisations, in the playground's seed, and where each of them is."""

from __future__ import annotations

ORGANISATIONS = {
    "Sam": "Riverside Council",
    "Jo": "Riverside Hospitals Trust",
    "Priya": "Riverside Hospitals Trust",
    "Amir": "Riverside Fire & Rescue",
    "Margaret": "Riverside Police",
    "Aoife": "Young Carers Together",
    "Desmond": "Riverside Council",
    "Wei": "Millrace Housing",
    "Kasia": "Millrace Housing",
}
"""First name → whom they speak for, in the order in which they join; Sam sets the group up."""

NATIONS = {
    "Europe/London": "GB-ENG",
    "Europe/Dublin": "IE",
    "Europe/Warsaw": "PL",
    "Asia/Kolkata": "IN",
    "America/New_York": "US",
}
"""The public holidays that each zone's people keep."""
