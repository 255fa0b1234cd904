"""A cache in a bucket: real commands against a real S3 server on this machine."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

MISSING = [name for name in ("s3fs", "moto", "flask") if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(bool(MISSING), reason=f"needs s3fs and moto[server]: no {MISSING}"),
]
SCRIPT = """title: Short
language: en-US
safety: none
output: mono
voice: {engine: espeak}
steps:
  - say: Rest here.
  - hold: 1-60s
  - say: Very good.
  - bell: bowl
"""
OWN = {"AWS_ACCESS_KEY_ID": "own", "AWS_SECRET_ACCESS_KEY": "own",
       "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            assert process.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture
def bucket(server: str) -> Iterator[Any]:
    """A bucket of its own, that keeps whatever was sent to it."""
    import boto3

    client = boto3.client(
        "s3", endpoint_url=server, region_name="us-east-1",
        aws_access_key_id="own", aws_secret_access_key="own",
    )  # fmt: skip
    client.create_bucket(Bucket="sessions")
    client.put_bucket_versioning(Bucket="sessions", VersioningConfiguration={"Status": "Enabled"})
    yield client
    client.close()
    post(server, "reset")


def post(server: str, what: str, data: bytes = b"") -> None:
    """Set the server up."""
    plain = {"Content-Type": "text/plain"}
    request = urllib.request.Request(f"{server}/moto-api/{what}", data, plain, method="POST")
    urllib.request.urlopen(request).close()


def batch(machine: Path, endpoint: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Three sessions made on a machine of its own, with a cache in the bucket."""
    script = machine.parent / "short.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    lengths = [word for length in ("24s", "25s", "26s") for word in ("--length", length)]
    own = {**OWN, "AWS_ENDPOINT_URL": endpoint, "PSOAS_AUDIO_CACHE": str(machine / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "psoas_audio", "batch", str(script), "-o", str(machine),
         "--cache", "s3://sessions/takes", *lengths, *options],
        env=os.environ | own, capture_output=True, text=True, timeout=90,
    )  # fmt: skip


def sent(bucket: Any) -> dict[str, list[int]]:
    """Bytes of whatever was sent to the bucket, by key."""
    found: dict[str, list[int]] = {}
    for page in bucket.get_paginator("list_object_versions").paginate(Bucket="sessions"):
        for version in page.get("Versions", ()):
            found.setdefault(version["Key"], []).append(version["Size"])
    return found


def content(bucket: Any) -> dict[str, bytes]:
    """What the bucket holds now."""
    return {
        key: bucket.get_object(Bucket="sessions", Key=key)["Body"].read() for key in sent(bucket)
    }


def made(machine: Path) -> dict[str, bytes]:
    """The sessions of a machine."""
    return {path.name: path.read_bytes() for path in machine.glob("*.mp3")}


def test_two_machines_make_each_take_and_block_once(
    tmp_path: Path, server: str, bucket: Any
) -> None:
    first = batch(tmp_path / "one", server, "--workers", "1")
    assert (first.returncode, first.stderr) == (0, "")
    before = sent(bucket)
    assert before
    assert {len(sizes) for sizes in before.values()} == {1}
    second = batch(tmp_path / "two", server)
    assert (second.returncode, second.stderr) == (0, "")
    after = sent(bucket)
    assert after.keys() == before.keys()
    # What is known of a take is sent again with it; takes and blocks, which are larger, aren't.
    assert all(len(sizes) == 1 for sizes in after.values() if max(sizes) > 4096)
    assert len(made(tmp_path / "one")) == 3
    assert made(tmp_path / "one") == made(tmp_path / "two")


def test_a_flipped_byte_in_the_bucket_is_a_miss(tmp_path: Path, server: str, bucket: Any) -> None:
    batch(tmp_path / "one", server)
    good = content(bucket)
    for number, (key, whole) in enumerate(good.items()):
        place = number * 37 % len(whole)
        harmed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        bucket.put_object(Bucket="sessions", Key=key, Body=harmed)
    second = batch(tmp_path / "two", server)
    assert (second.returncode, second.stderr) == (0, "")
    assert made(tmp_path / "one") == made(tmp_path / "two")
    assert content(bucket) == good


def test_wrong_credentials_are_reported_in_one_sentence(
    tmp_path: Path, server: str, bucket: Any
) -> None:
    post(server, "reset-auth", b"0")
    try:
        told = batch(tmp_path / "one", server)
    finally:
        post(server, "reset-auth", b"inf")
    assert told.returncode == 0
    (warning,) = told.stderr.splitlines()
    assert "s3://sessions/takes: this remote cache can't be used (The AWS Access" in warning
    assert len(made(tmp_path / "one")) == 3
    assert sent(bucket) == {}


def test_a_bucket_that_is_not_there_is_reported(tmp_path: Path, server: str) -> None:
    told = batch(tmp_path / "one", server)
    assert told.returncode == 0
    (warning,) = told.stderr.splitlines()
    assert "The specified bucket does not exist" in warning


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("nobody listens", "Could not connect"), ("nobody answers", "no answer within 5 s")],
)
def test_an_unreachable_server_is_reported_once_and_all_is_made(
    tmp_path: Path, kind: str, reason: str
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if kind == "nobody answers":
            silent.listen(64)
        told = batch(tmp_path / "one", f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert told.returncode == 0
    (warning,) = told.stderr.splitlines()
    assert "warning: s3://sessions/takes: this remote cache can't be used" in warning
    assert reason in warning
    assert len(made(tmp_path / "one")) == 3
