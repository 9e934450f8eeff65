"""Where a Weaviate server is, and what is said when it cannot be used."""

from dataclasses import dataclass

from pydantic import SecretStr

from optfm.settings import Settings


class WeaviateUnusable(Exception):
    """The server cannot be used now.

    :param message: one line in Russian: what is wrong and how to mend it.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class WeaviateAddress:
    """Where the server is and how it lets us in."""

    url: str  #: REST, e.g. "http://127.0.0.1:8080"
    grpc_port: int
    api_key: SecretStr  #: empty: the server asks for none

    @classmethod
    def of(cls, settings: Settings) -> "WeaviateAddress | None":
        """What WEAVIATE_URL and its companions say; None where it is not set."""
        if not settings.weaviate_url:
            return None
        return cls(
            url=settings.weaviate_url,
            grpc_port=settings.weaviate_grpc_port,
            api_key=settings.weaviate_api_key,
        )
