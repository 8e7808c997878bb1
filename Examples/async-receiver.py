#!/usr/bin/env python3
"""The other side of an asynchronous job, for trying things out by hand.

Answers every POST with 202 and prints what the server sent. For a job it prints the curl line that
reports success, for a cancel call the line that confirms it; until one of them is pasted, the request waits.

usage: python3 Examples/async-receiver.py [PORT]    (8090)
"""

import http.server
import json
import sys

BODY_BYTES_MAX = 4 * 1024 * 1024


class Receiver(http.server.BaseHTTPRequestHandler):
    report_urls = {}  # request id -> where its job reports

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > BODY_BYTES_MAX:
            self.send_error(413)
            return
        message = json.loads(self.rfile.read(length) or b"{}")
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

        request = message.get("requestId")
        started = "executionStatusUrl" in message
        if started:
            self.report_urls[request] = message["executionStatusUrl"]
        url = self.report_urls.get(request, "…/executionStatus of the request, which began before this receiver")
        report = {"requestHandle": message.get("requestHandle"), "status": "SUCCESS" if started else "CANCEL"}
        print(f"\nrequest {request}: {'job' if started else 'cancel'} received; to report its end:")
        print(f"curl -sS -H 'Content-Type: application/json' -d '{json.dumps(report)}' {url}", flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8090
    print(f"waiting for jobs on http://127.0.0.1:{port}", flush=True)
    try:
        http.server.ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()
    except KeyboardInterrupt:
        pass
