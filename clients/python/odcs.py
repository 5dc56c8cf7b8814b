"""The data contracts that weir writes, against the JSON schema and the model of
the Open Data Contract Standard (open-data-contract-standard)."""

import functools
import json
import urllib.parse
import urllib.request

import jsonschema
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

from cases import main
from formats import FORMATS
from world import REGISTRY, call, text

STANDARD = json.loads(OpenDataContractStandard.json_schema())


def contract(subject, body=None):
    """The contract of a subject as weir has it, after putting one if given."""
    url = f"{REGISTRY}/catalog/v1/subjects/{urllib.parse.quote(subject, safe='')}/contract"
    if body is not None:
        request = urllib.request.Request(
            url, method="PUT", headers={"Content-Type": "application/yaml"}, data=body.encode()
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def check(document):
    """The document is one of the standard, and its model takes all of it."""
    # A time without quotes would be one to this reader, and no text.
    jsonschema.validate(yaml.safe_load(document), STANDARD)
    return OpenDataContractStandard.from_string(document)


def register(form, name):
    subject = f"odcs-{form.name}-{name}-value"
    body = {"schema": text(f"{name}{form.suffix}"), "schemaType": form.kind}
    call("POST", f"/subjects/{subject}/versions", body)
    return subject


def order(form):
    """The contract of a subject that nobody put one for."""
    model = check(contract(register(form, "order")))
    record = next(o for o in model.schema_ if o.properties[0].name == "id")
    assert model.apiVersion == "v3.1.0", model.apiVersion
    properties = [p.name for p in record.properties]
    assert properties == ["id", "item", "amount", "tags"], properties
    kinds = [p.logicalType for p in record.properties]
    assert kinds == ["integer", "string", "number", "array"], kinds


def put(form):
    """What was put comes back, and stays a contract when the schema moves on."""
    subject = register(form, "customer")
    written = (
        "# ours\napiVersion: v3.1.0\nkind: DataContract\nid: " + subject + "\nversion: 1.0.0\nstatus: active\n"
        "description: {purpose: Who buys.}\nslaProperties:\n  - {property: latency, value: 4, unit: s}\n"
    )
    assert contract(subject, written) == written
    call("PUT", f"/config/{subject}", {"compatibility": "NONE"})
    call("POST", f"/subjects/{subject}/versions", {"schema": text(f"order{form.suffix}"), "schemaType": form.kind})
    moved = check(contract(subject))
    assert moved.description.purpose == "Who buys.", moved.description
    assert moved.slaProperties[0].property == "latency", moved.slaProperties
    assert [p.name for o in moved.schema_ if o.name != "Receipt" for p in o.properties] == ["id", "item", "amount", "tags"]


def cases():
    for form in FORMATS:
        yield f"{form.name}-order", functools.partial(order, form)
        yield f"{form.name}-put", functools.partial(put, form)


if __name__ == "__main__":
    main("Python open-data-contract-standard", [*cases()])
