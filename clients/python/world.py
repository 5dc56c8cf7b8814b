"""Where the broker and the registry are, the schemas and records of ../shop,
and a look into the registry beside the client under test."""

import json
import os
import pathlib
import urllib.parse
import urllib.request

SHOP = pathlib.Path(__file__).parent.parent / "shop"


def variable(name):
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set: run this program through clients/run")
    return value


BROKERS = variable("KAFKA_BROKERS")
REGISTRY = variable("WEIR_URL")
TOPIC_PREFIX = variable("TOPIC_PREFIX")
DESCRIPTORS = pathlib.Path(variable("SHOP_DESCRIPTORS"))


def own_topic(name):
    """The name of a topic of this run alone."""
    return TOPIC_PREFIX + name


def text(name):
    return (SHOP / name).read_text(encoding="utf-8")


RECORDS = json.loads(text("records.json"))


def latest(subject):
    """The latest version of the subject, read with a plain request."""
    return call("GET", f"/subjects/{urllib.parse.quote(subject, safe='')}/versions/latest")


def call(method, path, body=None):
    """A plain request, whose answer must be a success with a body."""
    request = urllib.request.Request(
        REGISTRY + path,
        method=method,
        headers={"Content-Type": "application/vnd.schemaregistry.v1+json"},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
