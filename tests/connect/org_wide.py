"""An organisation installs Between for all its workspaces at once: one token, and no team of its own."""

from __future__ import annotations

from slack_sdk.oauth.installation_store import Installation as SdkInstallation

from bot.slack.installation_store import RecordInstallationStore
from bot.usecases import installation
from playground.apps import Install
from tests.stage import Stage


async def install_org_wide(stage: Stage, organisation: str, name: str, given: Install, by: str) -> None:
    """As Bolt saves it once Slack has given the token. `by`: the Slack account that installed it."""
    store = stage.bot.deps.store
    bolt = RecordInstallationStore(
        store.installations, stage.clock.now, lambda one: installation.installed(store, one, stage.clock.now()), _no
    )
    await bolt.async_save(
        SdkInstallation(
            user_id=by,
            enterprise_id=organisation,
            enterprise_name=name,
            team_id=None,
            bot_token=given.bot_token,
            bot_id=given.bot_id,
            bot_user_id=given.bot_user_id,
            bot_scopes=given.scopes,
            is_enterprise_install=True,
        )
    )


async def _no(_: str) -> None:
    raise AssertionError
