"""One Weaviate server: how it is reached, and what is wrong with it in our words.

Schema and aliases go through the official client. Questions and rows go through the gRPC stubs
that ship with it: its own `query.bm25` sleeps 1+2+4+8+16 s when a server is gone
(weaviate/retry.py, 4.23.1), and turning 200 ids into objects costs a third of the time.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import grpc  # type: ignore[import-untyped]
import httpx
from weaviate import WeaviateClient
from weaviate.classes.init import AdditionalConfig, Auth, Timeout
from weaviate.connect import ConnectionParams
from weaviate.exceptions import UnexpectedStatusCodeError, WeaviateBaseError
from weaviate.proto.v1 import base_pb2 as base
from weaviate.proto.v1 import base_search_pb2 as ranking
from weaviate.proto.v1 import batch_pb2, search_get_pb2, weaviate_pb2_grpc

from optfm.search.index import Document
from optfm.search.vectors.embedding import Vectors
from optfm.search.weaviate.address import WeaviateAddress, WeaviateUnusable

#: The first server with collection aliases.
OLDEST = (1, 32)
#: Weight of a row's own name and of the groups above it, as Weaviate spells it.
_PROPERTIES = ("lexemes^1", "path_lexemes^0.6")


def _packed(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()


@contextmanager
def _closed_meanwhile() -> Iterator[None]:
    try:
        yield
    except ValueError as exc:  # grpc: "Cannot invoke RPC on closed channel!"
        raise WeaviateUnusable("Weaviate: соединение уже закрыто") from exc


class WeaviateLink:
    """An open connection; safe to share among threads."""

    def __init__(self, address: WeaviateAddress, *, patience_s: float = 0.5) -> None:
        """Connect and look whether the server is new enough and takes the key.

        :param patience_s: how long one question may take.
        :raises WeaviateUnusable: unreachable, another key wanted, too old.
        """
        self.address = address
        self._patience_s = patience_s
        parts = urlsplit(address.url)
        secure = parts.scheme == "https"
        host = parts.hostname or "127.0.0.1"
        port = parts.port or (443 if secure else 80)
        key = address.api_key.get_secret_value()
        self.client = WeaviateClient(
            connection_params=ConnectionParams.from_params(
                http_host=host,
                http_port=port,
                http_secure=secure,
                grpc_host=host,
                grpc_port=address.grpc_port,
                grpc_secure=secure,
            ),
            auth_client_secret=Auth.api_key(key) if key else None,
            additional_config=AdditionalConfig(timeout=Timeout(init=2, query=10, insert=30)),
            # The checks ask PyPI for the newest client and wait for gRPC; ours come below.
            skip_init_checks=True,
        )
        target = f"{host}:{address.grpc_port}"
        self._channel = (
            grpc.secure_channel(target, grpc.ssl_channel_credentials())
            if secure
            else grpc.insecure_channel(target)
        )
        self._stub = weaviate_pb2_grpc.WeaviateStub(self._channel)  # type: ignore[no-untyped-call]
        self._metadata = (("authorization", f"Bearer {key}"),) if key else ()
        try:
            with self.errors():
                self.client.connect()
                self._check_version(str(self.client.get_meta().get("version", "")))
                self._check_grpc()
        except BaseException:
            self.close()
            raise

    def _check_version(self, version: str) -> None:
        numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
        if numbers < OLDEST:
            oldest = ".".join(map(str, OLDEST))
            raise WeaviateUnusable(
                f"Weaviate {version or 'неизвестной версии'} не годится: нужен {oldest} или новее"
            )

    def _check_grpc(self) -> None:
        try:
            grpc.channel_ready_future(self._channel).result(timeout=2)
        except grpc.FutureTimeoutError as exc:
            raise WeaviateUnusable(
                f"Weaviate отвечает по адресу {self.address.url}, но не по gRPC: "
                f"проверьте WEAVIATE_GRPC_PORT ({self.address.grpc_port})"
            ) from exc

    @contextmanager
    def errors(self) -> Iterator[None]:
        """The only place that knows the errors of Weaviate's client, of HTTP and of gRPC.

        :raises WeaviateUnusable: in place of any of them.
        """
        try:
            yield
        except WeaviateUnusable:
            raise
        except UnexpectedStatusCodeError as exc:
            if exc.status_code in (401, 403):
                raise self._wrong_key() from exc
            raise self._broken(f"ответил {exc.status_code}") from exc
        except grpc.RpcError as exc:
            if "unauthorized" in str(exc.details()):
                raise self._wrong_key() from exc
            raise self._broken(f"{exc.code().name.lower()}: {exc.details()}"[:120]) from exc
        except (WeaviateBaseError, httpx.HTTPError, OSError) as exc:
            raise self._broken(type(exc).__name__) from exc

    def _wrong_key(self) -> WeaviateUnusable:
        return WeaviateUnusable(
            f"Weaviate по адресу {self.address.url} не принимает ключ: проверьте WEAVIATE_API_KEY"
        )

    def _broken(self, how: str) -> WeaviateUnusable:
        return WeaviateUnusable(
            f"Weaviate по адресу {self.address.url} не отвечает ({how}): "
            "проверьте, что он запущен, и WEAVIATE_URL"
        )

    def best(self, collection: str, words: Iterable[str], *, limit: int) -> list[int]:
        """Positions of the rows that share the rarest words with the question, best first.

        :param collection: its own name, not the alias.
        :param words: lexemes; OR among them.
        :param limit: each property is cut at about this before the sum: ask for 200, not for 10.
        :raises WeaviateUnusable: the collection is gone or the server is.
        """
        return self._ids(
            search_get_pb2.SearchRequest(
                collection=collection,
                limit=limit,
                bm25_search=ranking.BM25(query=" ".join(words), properties=_PROPERTIES),
            )
        )

    def _ids(self, request: Any) -> list[int]:  # noqa: ANN401 - protobuf's classes are untyped
        request.uses_123_api = request.uses_125_api = request.uses_127_api = True
        request.metadata.CopyFrom(search_get_pb2.MetadataRequest(uuid=True))
        request.properties.CopyFrom(search_get_pb2.PropertiesRequest())
        with self.errors(), _closed_meanwhile():
            reply = self._stub.Search(request, metadata=self._metadata, timeout=self._patience_s)
        return [int.from_bytes(found.metadata.id_as_bytes, "big") for found in reply.results]

    def nearest(
        self, collection: str, words: Iterable[str], vector: Vectors, *, limit: int
    ) -> list[int]:
        """Positions of the rows nearest by words and by meaning in equal parts, best first.

        :param collection: one that holds vectors.
        :param vector: of the question, by the model that made the rows' vectors.
        :raises WeaviateUnusable: the collection is gone or the server is.
        """
        return self._ids(
            search_get_pb2.SearchRequest(
                collection=collection,
                limit=limit,
                hybrid_search=ranking.Hybrid(
                    query=" ".join(words),
                    properties=_PROPERTIES,
                    vector_bytes=_packed(vector),
                    alpha=0.5,  # before 1.36.7
                    alpha_param=0.5,
                    use_alpha_param=True,
                    fusion_type=ranking.Hybrid.FUSION_TYPE_RELATIVE_SCORE,
                ),
            )
        )

    def add(
        self,
        collection: str,
        first: int,
        documents: Sequence[Document],
        vectors: Vectors | None = None,
    ) -> None:
        """Store rows; a row's position in the list is its UUID, so that ids alone come back.

        :param first: position of the first of them.
        :param vectors: of the rows, in their order; None: they have none (yet).
        :raises WeaviateUnusable: any of them was refused, or the server is gone.
        """
        objects = []
        for position, document in enumerate(documents, start=first):
            properties = batch_pb2.BatchObject.Properties()
            properties.non_ref_properties.update(
                {
                    "lexemes": " ".join(document.lexemes),
                    "path_lexemes": " ".join(document.path_lexemes),
                }
            )
            stored = batch_pb2.BatchObject(
                uuid=str(UUID(int=position)), collection=collection, properties=properties
            )
            if vectors is not None:
                stored.vectors.append(
                    base.Vectors(
                        name="default",
                        vector_bytes=_packed(vectors[position - first]),
                        type=base.Vectors.VECTOR_TYPE_SINGLE_FP32,
                    )
                )
            objects.append(stored)
        request = batch_pb2.BatchObjectsRequest(
            objects=objects, consistency_level=base.CONSISTENCY_LEVEL_ALL
        )
        with self.errors():
            reply = self._stub.BatchObjects(request, metadata=self._metadata, timeout=30.0)
        if reply.errors:
            raise WeaviateUnusable(f"Weaviate не принял строки прайса: {reply.errors[0].error}")

    def close(self) -> None:
        """Let the server go; closing twice is harmless."""
        self._channel.close()
        self.client.close()
