#!/usr/bin/env python3
"""Receives callbacks and events, for trying things out by hand.

Prints what came, whether its signature is right, and whether it came before. Refuses the first N deliveries of each
event, so that one can watch them come again.

usage: python3 Examples/callback-receiver.py [--port 8091] [--key FILE] [--refuse N]
"""

import argparse
import collections
import hashlib
import hmac
import http.server
import json
import time

BODY_BYTES_MAX = 64 * 1024
AGE_SECONDS_MAX = 300


def signature_state(header, body, key):
    """Says whether the signature is ours, and young enough not to be a replay."""
    if key is None:
        return "not checked"
    parts = dict(part.split("=", 1) for part in (header or "").split(",") if "=" in part)
    stamp = parts.get("t", "")
    expected = hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, parts.get("v1", "")):
        return "WRONG"
    return "good" if abs(time.time() - int(stamp)) < AGE_SECONDS_MAX else "TOO OLD"


class Receiver(http.server.BaseHTTPRequestHandler):
    seen = collections.Counter()  # Idempotency-Key -> deliveries
    key = None
    refuse = 0

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > BODY_BYTES_MAX:
            self.send_error(413)
            return
        body = self.rfile.read(length)
        name = self.headers.get("Idempotency-Key", "")
        state = signature_state(self.headers.get("Escapement-Signature"), body, self.key)
        self.seen[name] += 1
        is_refused = self.seen[name] <= self.refuse or state in ("WRONG", "TOO OLD")
        self.send_response(500 if is_refused else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()
        event = json.loads(body)
        print(
            f"{self.path}: request {event['requestId']} {event['event']}, key {name}, delivery {self.seen[name]}, "
            f"signature {state}, {'refused' if is_refused else 'taken'}",
            flush=True,
        )

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8091)
    parser.add_argument("--key", help="file whose first line is callback.signingKeyFile's")
    parser.add_argument("--refuse", type=int, default=0, help="deliveries of each event that are refused")
    arguments = parser.parse_args()
    Receiver.refuse = arguments.refuse
    if arguments.key:
        with open(arguments.key, "rb") as file:
            Receiver.key = file.readline().rstrip(b"\r\n")
    print(f"waiting for callbacks on http://127.0.0.1:{arguments.port}", flush=True)
    try:
        http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), Receiver).serve_forever()
    except KeyboardInterrupt:
        pass
