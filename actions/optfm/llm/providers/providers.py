"""Which model the settings name."""

from collections.abc import Sequence

from optfm.llm.gateway.model import Provider
from optfm.settings import ModelSettings, Settings

_OLLAMA = "http://127.0.0.1:11434/v1"
_OPENAI = "https://api.openai.com/v1"


def providers(settings: Settings) -> Sequence[Provider]:
    """The model and its reserve; none where AI_PROVIDER is empty."""
    return [provider(chosen, settings) for chosen in settings.models()]


def provider(chosen: ModelSettings, settings: Settings) -> Provider:
    """One model; nothing is sent yet.

    A vendor's library takes up to two seconds to import, so only the chosen one is.
    """
    key = chosen.api_key.get_secret_value()
    if chosen.provider == "yandex":
        from optfm.llm.providers.yandex import Yandex

        return Yandex(
            folder_id=settings.yandex_folder_id,
            key=key,
            model=chosen.model or "yandexgpt-lite",
            temperature=settings.ai_temperature,
            address=chosen.base_url,
            ca_file=settings.ai_ca_file,
        )
    if chosen.provider == "sber":
        from optfm.llm.providers.sber import Sber

        return Sber(
            key=key,
            scope=settings.sber_scope,
            model=chosen.model or "GigaChat",
            temperature=settings.ai_temperature,
            base_url=chosen.base_url,
            auth_url=settings.sber_auth_url,
            ca_file=settings.ai_ca_file,
        )
    from optfm.llm.providers.openai_wire import OpenAiWire

    local = chosen.provider == "ollama"
    return OpenAiWire(
        name=chosen.provider,
        base_url=wire_address(chosen.base_url or (_OLLAMA if local else _OPENAI)),
        api_key=key,
        model=chosen.model,
        temperature=settings.ai_temperature,
        ca_file=settings.ai_ca_file,
    )


def wire_address(url: str) -> str:
    """The address with `/v1` where only a host was given: `http://host:11434`."""
    return url if url.count("/") > 2 else f"{url}/v1"
