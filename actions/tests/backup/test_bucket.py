"""Backups in an S3-compatible store (s3rver, from npm), which knows keys but reckons no signature;
those are held against the published examples.
"""

import hashlib
import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from optfm.backup import Bucket, Folder, bring_over, prune
from optfm.errors import Refused
from optfm.settings import ROOT
from tests.conftest import skip_or_fail

_SERVER = ROOT / ".tools" / "s3" / "node_modules" / "s3rver"
_START = """
const [S3rver, options] = [require(process.argv[1]), JSON.parse(process.argv[2])];
new S3rver(options).run().then(() => console.log("serves"));
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[str]:
    """The address of a store with a bucket."""
    if not _SERVER.exists() or not shutil.which("node"):
        skip_or_fail("s3rver is not in .tools/s3 (.ci/run brings it): S3 is not tested")
    port = free_port()
    options = {
        "address": "127.0.0.1",
        "port": port,
        "silent": True,
        "directory": str(tmp_path_factory.mktemp("s3")),
        "configureBuckets": [{"name": "copies"}],
    }
    process = subprocess.Popen(
        ["node", "-e", _START, str(_SERVER), json.dumps(options)], stdout=subprocess.PIPE
    )
    assert process.stdout and process.stdout.readline() == b"serves\n"
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def bucket(store: str, request) -> Bucket:
    """A place of the test's own in the bucket."""
    return Bucket(url=f"{store}/copies/{request.node.name}", key_id="S3RVER", secret="S3RVER")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Five sealed backups of five nights."""
    for night in range(5):
        at = datetime(2026, 3, 1, 1, 47, tzinfo=UTC) + timedelta(days=night)
        (tmp_path / f"optfm-{at:%Y-%m-%dT%H-%M-%SZ}.backup").write_bytes(
            b"OPTFMKEY1\n" + bytes([night]) * 70_000
        )
    return Folder(tmp_path)


def test_what_is_brought_comes_back_the_same(bucket: Bucket, folder: Folder, tmp_path: Path):
    """The newest nights go there, once; a new machine finds and gets them."""
    assert [one.at.day for one in bring_over(folder, bucket)] == [5, 4, 3]
    assert bring_over(folder, bucket) == []
    there = bucket.backups()
    assert there == folder.backups()[:3]
    file = bucket.fetch(there[0].name, tmp_path / "new machine")
    assert file.read_bytes() == (folder.path / there[0].name).read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_was_copied_before_there_was_a_key_stays_here(bucket: Bucket, folder: Folder):
    """The nights before BACKUP_KEY was set are customers' data in the open."""
    for night in folder.backups()[1:]:
        (folder.path / night.name).write_bytes(b"manifest.json")
    assert [one.at.day for one in bring_over(folder, bucket)] == [5]
    assert [one.at.day for one in bucket.backups()] == [5]


def test_old_ones_go_by_the_same_rules(bucket: Bucket, folder: Folder):
    """And whatever else lies in the bucket stays."""
    bring_over(folder, bucket)
    note = folder.path / "of-somebody-else"
    note.write_text("x")
    bucket.bring(note)
    now = datetime(2026, 3, 20, tzinfo=UTC)
    assert [one.at.day for one in prune(bucket, keep=1, days=16, now=now)] == [3]
    assert [one.at.day for one in bucket.backups()] == [5, 4]
    assert bucket.fetch("of-somebody-else", folder.path / "again").read_text() == "x"


@pytest.mark.parametrize(
    ("query", "signature"),
    [
        ("lifecycle=", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        (
            "max-keys=2&prefix=J",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_a_request_is_signed_as_the_standard_s_examples_are(query: str, signature: str):
    """Amazon S3 API reference, "Signature Calculations for the Authorization Header"."""
    example = Bucket(
        url="https://examplebucket.s3.amazonaws.com/none",
        key_id="AKIAIOSFODNN7EXAMPLE",
        secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    )
    headers = example.signed(
        "GET",
        "examplebucket.s3.amazonaws.com",
        "/",
        query,
        hashlib.sha256(b"").hexdigest(),
        datetime(2013, 5, 24, tzinfo=UTC),
    )
    assert headers["Authorization"].endswith(f"Signature={signature}")


def test_a_wrong_key_is_one_line(bucket: Bucket, folder: Folder):
    """Without the secret in it."""
    wrong = replace(bucket, key_id="NOBODY", secret="not-the-secret")
    with pytest.raises(Refused, match="403 InvalidAccessKeyId") as refused:
        bring_over(folder, wrong)
    assert "not-the-secret" not in refused.value.message


def test_a_store_that_is_away_or_has_no_such_bucket_is_one_line(bucket: Bucket, folder: Folder):
    """Nothing is lost: the folder has them, and the next try brings them."""
    for url, words in (
        (f"http://127.0.0.1:{free_port()}/copies", "не отвечает"),
        (bucket.url.replace("/copies/", "/none/"), "404 NoSuchBucket"),
    ):
        with pytest.raises(Refused, match=words):
            bring_over(folder, replace(bucket, url=url))
    assert len(folder.backups()) == 5


def test_a_broken_download_leaves_no_backup(bucket: Bucket, folder: Folder, tmp_path: Path):
    """What is not there is not made."""
    with pytest.raises(Refused, match="404 NoSuchKey"):
        bucket.fetch("optfm-2026-01-01T00-00-00Z.backup", tmp_path / "new")
    assert Folder(tmp_path / "new").backups() == []
