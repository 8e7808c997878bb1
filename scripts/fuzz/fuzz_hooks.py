"""What the OpenAPI documents cannot tell a fuzzer: what there is on this server, and where chains of calls begin."""

import collections
import itertools
import zlib

import requests
import schemathesis
from schemathesis.specs.openapi import stateful

SUBMIT = "POST /ess/rest/scheduler/v1/requests"

# Chains of calls begin where things are made or listed. The fuzzer would have them begin with any POST, on a request
# that it makes up, and never with a submission, whose `jobDefinitionId` it takes for the id of what nobody makes.
BEGINNINGS = {
    SUBMIT,
    "GET /ess/rest/scheduler/v1/requests",
    "GET /ess/rest/scheduler/v1/requests/search/{pageIndex}",
    "GET /ess/rest/scheduler/v1/query/{application}/requests",
    "POST /api/v1/metadata/{kind}",
    "GET /api/v1/metadata/{kind}",
    "GET /api/v1/nodes",
    "PUT /api/v1/secrets/{name}",
    "GET /api/v1/secrets",
}
assert callable(stateful.is_likely_root_transition), "the fuzzer decides elsewhere where chains begin"
stateful.is_likely_root_transition = lambda operation, *_: operation.label in BEGINNINGS

# Some end at once, some go on, some wait for an answer that never comes, some have children.
DEFINITIONS = [
    "samples/NoOp", "samples/HelloWorld", "samples/Fail", "samples/Sleep", "samples/Morning", "fuzz/Remote",
]
# Members whose values are good whenever their schema says so.
PLAIN = ["description", "product", "requestCategory", "executePast", "priority"]
WHEN = [
    {},
    {},
    {"startTime": "2099-01-01T00:00:00Z"},
    {"schedule": {"recurrences": [{"icalString": "FREQ=DAILY"}]}},
]

# Numbers of the requests that were submitted last.
newest = collections.deque(maxlen=24)
keys = itertools.count()


def choice(value):
    """A number that is the same for the same value in every run."""
    return zlib.crc32(repr(value).encode())


@schemathesis.hook
def map_path_parameters(context, parameters):
    """Most calls about a request are about one that there is."""
    number = choice(parameters)
    if not newest or not isinstance(parameters, dict) or "requestId" not in parameters or number % 4 == 0:
        return parameters
    return {**parameters, "requestId": newest[number // 4 % len(newest)]}


JOB = {
    "kind": "JobDefinition",
    "jobType": "JobType://escapement/core/SwiftJobType",
    "parameters": [{"name": "SYS_className", "value": "NoOp"}],
}
# Bodies in place of most, by a name that is not taken yet.
BODIES = {
    "POST /api/v1/metadata/{kind}": lambda name: {**JOB, "package": "/fuzz", "name": name},
    "PUT /api/v1/metadata/{kind}/{id}": lambda name: {**JOB, "description": name},
    "POST /api/v1/metadata/{kind}/{id}/copy": lambda name: {"package": "/fuzz", "name": name},
    "PUT /api/v1/secrets/{name}": lambda name: {"value": name, "definitions": ["fuzz.*"]},
    "POST /ess/rest/scheduler/v1/requests/{requestId}/subscribe": lambda name: {
        "callbackUrlPrefix": "http://127.0.0.1:9",
        "callbackResourcePath": name,
    },
}


@schemathesis.hook
def map_body(context, body):
    """Most submissions name what exists, and half of them nothing that could be wrong with it."""
    if not isinstance(body, dict):
        return body
    number = choice(body)
    label = context.operation.label
    if label == SUBMIT:
        return submission(body, number)
    make = BODIES.get(label)
    return make(f"Fuzz{number % 500}") if make and number % 4 else body


def submission(body, number):
    name = {"jobDefinitionId": DEFINITIONS[number % len(DEFINITIONS)]}
    number //= len(DEFINITIONS)
    match number % 4:
        case 0:
            return body
        case 1:
            return {**body, **name}
        case _:
            plain = {member: body[member] for member in PLAIN if member in body}
            return {**plain, **name, **WHEN[number // 4 % len(WHEN)]}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Most keys are new: the fuzzer gives all calls one, and all but the first would be refused for that alone.

    Those of deletions are always new: under a used one what was made again in the meantime stays, as it must, and the
    fuzzer would take it for undeleted."""
    key = (case.headers or {}).get("Idempotency-Key")
    number = next(keys)
    if key and (number % 8 or case.method == "DELETE"):
        case.headers["Idempotency-Key"] = f"{key[:200]}-{number}"


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.label == SUBMIT and response.status_code == 201:
        newest.append(response.json()["id"])
    if response.status_code == 200 and case.operation.path.endswith(("/quiesce", "/stop")):
        # On a node that rests nothing would run any more.
        url = response.request.url.replace("/quiesce", "/resume").replace("/stop", "/start")
        requests.post(url, headers={"Authorization": response.request.headers["Authorization"]}, timeout=10)
