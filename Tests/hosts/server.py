"""Answers as the comment interfaces of GitHub, GitLab, Bitbucket and Gitea do, on a port of this machine.

Prints its port. /HOST/... is the interface of a host; the first part of the path says how it behaves:

    github  gitlab  bitbucket  gitea     as it does for somebody who may write
    limit  spent                         its rate limit is reached: 429 with Retry-After, 403 with none remaining
    fork                                 the token may read and not write
    down                                 503

/state?host=HOST gives the comments and the requests that came; POST /add?host=HOST&count=N&author=A&body=B adds comments of others.
"""

import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "secret-token-1"
ACCOUNT = {"github": "github-actions[bot]", "gitlab": "gate-bot", "bitbucket": "{gate-bot}", "gitea": "gate-bot"}
# What a page holds at most: Gitea's issue comments come all at once, whatever page is asked for.
LARGEST = {"github": 100, "gitlab": 100, "bitbucket": 100, "gitea": None}
HEADER = {
    "github": ("Authorization", f"Bearer {TOKEN}"),
    "gitlab": ("PRIVATE-TOKEN", TOKEN),
    "bitbucket": ("Authorization", f"Bearer {TOKEN}"),
    "gitea": ("Authorization", f"token {TOKEN}"),
}
THREAD = {
    "github": r"/repos/team/loans/issues/7/comments",
    "gitlab": r"/projects/team%2Floans/merge_requests/7/notes",
    "bitbucket": r"/repositories/team/loans/pullrequests/7/comments",
    "gitea": r"/repos/team/loans/issues/7/comments",
}
ONE = {
    "github": (r"/repos/team/loans/issues/comments/(\d+)", "PATCH"),
    "gitlab": (r"/projects/team%2Floans/merge_requests/7/notes/(\d+)", "PUT"),
    "bitbucket": (r"/repositories/team/loans/pullrequests/7/comments/(\d+)", "PUT"),
    "gitea": (r"/repos/team/loans/issues/comments/(\d+)", "PATCH"),
}

comments = {host: [] for host in ACCOUNT}
requests = {host: [] for host in ACCOUNT}
lock = threading.Lock()


def add(host, author, body):
    comments[host].append({"id": 1000 + len(comments[host]), "author": author, "body": body})
    return comments[host][-1]


def shown(host, comment):
    """A comment as the host tells of it."""
    number, author, body = comment["id"], comment["author"], comment["body"]
    if host == "gitlab":
        return {"id": number, "body": body, "system": False, "author": {"username": author}}
    if host == "bitbucket":
        return {"id": number, "deleted": False, "content": {"raw": body}, "user": {"uuid": author},
                "links": {"html": {"href": f"https://bitbucket.org/team/loans/pull-requests/7#comment-{number}"}}}
    return {"id": number, "body": body, "user": {"login": author}, "html_url": f"https://example.org/c/{number}"}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, value, headers=()):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else None
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        _, first, rest = (parts.path.split("/", 2) + [""])[:3]
        with lock:
            if first == "state":
                return self.answer(200, {"comments": comments[query["host"]], "requests": requests[query["host"]]})
            if first == "add":
                for place in range(int(query["count"])):
                    add(query["host"], query["author"], query["body"].replace("PLACE", str(place)))
                return self.answer(200, {})
            if first == "down":
                return self.answer(503, {"message": "Service Unavailable"})
            if first == "limit":
                return self.answer(429, {"message": "Too Many Requests"}, [("Retry-After", "37")])
            if first == "spent":
                return self.answer(403, {"message": "API rate limit exceeded"}, [("X-RateLimit-Remaining", "0")])
            host = "github" if first == "fork" else first
            if host not in ACCOUNT:
                return self.answer(404, {"message": "Not Found"})
            self.interface(host, "/" + rest, query, sent, mayWrite=first != "fork")

    def interface(self, host, path, query, sent, mayWrite):
        requests[host].append(f"{self.command} {path}")
        name, value = HEADER[host]
        if self.headers.get(name) != value:
            return self.answer(401, {"message": "Bad credentials"})
        if path == "/graphql" and host == "github" and sent == {"query": "query { viewer { login } }"}:
            return self.answer(200, {"data": {"viewer": {"login": "github-actions"}}})
        if path == "/user":
            if host == "github":
                return self.answer(403, {"message": "Resource not accessible by integration"})
            return self.answer(200, {"login": ACCOUNT[host], "username": ACCOUNT[host], "uuid": ACCOUNT[host]})
        if path == THREAD[host] and self.command == "GET":
            size = LARGEST[host]
            asked = int(query.get("per_page") or query.get("pagelen") or query.get("limit") or 30)
            page = int(query.get("page", 1))
            all_of = [shown(host, comment) for comment in comments[host]]
            size = min(size, asked) if size else None
            some = all_of[(page - 1) * size : page * size] if size else all_of
            if host != "bitbucket":
                return self.answer(200, some)
            if not some and page > 1:
                return self.answer(404, {"error": {"message": "Invalid page"}})
            isLast = page * size >= len(all_of)
            return self.answer(200, {"values": some} if isLast else {"values": some, "next": self.path})
        pattern, method = ONE[host]
        match = re.fullmatch(pattern, path)
        isNew = path == THREAD[host] and self.command == "POST"
        if not isNew and not (match and self.command == method):
            return self.answer(404, {"message": "Not Found"})
        if not mayWrite:
            return self.answer(403, {"message": "Resource not accessible by integration"})
        body = sent["content"]["raw"] if host == "bitbucket" else sent["body"]
        if len(body) > 65536:
            return self.answer(422, {"message": "Validation Failed"})
        if isNew:
            return self.answer(201, shown(host, add(host, ACCOUNT[host], body)))
        found = [comment for comment in comments[host] if comment["id"] == int(match[1])]
        if not found or found[0]["author"] != ACCOUNT[host]:
            return self.answer(403, {"message": "not your comment"})
        found[0]["body"] = body
        return self.answer(200, shown(host, found[0]))

    do_GET = do_POST = do_PATCH = do_PUT = handle_any


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    # Ends with the test that holds the other end.
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()
