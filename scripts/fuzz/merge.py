"""merge.py FIRST SECOND: one OpenAPI document of two, so that what a call of one makes is there for calls of the other.

Schemas of one name may differ: those of the second document get a prefix."""

import json
import sys

first, second = (open(name, encoding="utf-8").read() for name in sys.argv[1:])
merged = json.loads(first)
added = json.loads(second.replace('"#/components/schemas/', '"#/components/schemas/Second'))

both = merged["paths"].keys() & added["paths"].keys()
assert not both, f"in both documents: {both}"
merged["paths"].update(added["paths"])
for name, schema in added["components"]["schemas"].items():
    merged["components"]["schemas"][f"Second{name}"] = schema

# What is submitted by the first document is there for whatever the second does with a request.
submitted = merged["paths"]["/ess/rest/scheduler/v1/requests"]["post"]["responses"]["201"]["links"]
for path, operations in added["paths"].items():
    for operation in operations.values():
        if "{requestId}" in path:
            link = {"operationId": operation["operationId"], "parameters": {"requestId": "$response.body#/id"}}
            submitted[operation["operationId"]] = link

# A tag is named once.
names = {tag["name"] for tag in merged["tags"]}
merged["tags"] += [tag for tag in added["tags"] if tag["name"] not in names]
json.dump(merged, sys.stdout)
