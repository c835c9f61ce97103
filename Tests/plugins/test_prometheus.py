"""The gate prometheus beside a server that answers as Prometheus does."""

import json
import threading
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

import plugin
from plugin import run


def vector(*values):
    """An answer with a series for each value."""
    return {"status": "success", "data": {"resultType": "vector", "result": [
        {"metric": {}, "value": [1700000000, value]} for value in values]}}


ANSWERS = {
    "new": vector("0.125"), "old": {"status": "success", "data": {"resultType": "scalar", "result": [1700000000, "0.25"]}},
    "none": vector(), "two": vector("1", "2"), "nan": vector("NaN"), "bad": {"status": "error", "error": "parse error"},
    "range": {"status": "success", "data": {"resultType": "matrix", "result": []}},
    "part": vector("1") | {"warnings": ["a store is down"]}, "text": "<html>",
}


class Server(BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        """Answers a query by its text."""
        words = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
        Server.asked.append((self.path, self.headers.get("Authorization")))
        answer = ANSWERS[words["query"][0]]
        self.send_response(400 if answer == ANSWERS["bad"] else 200)
        self.end_headers()
        self.wfile.write((answer if isinstance(answer, str) else json.dumps(answer)).encode())

    def log_message(self, *_):
        """Says nothing."""


class Prometheus(plugin.Plugin):
    test_example = None

    @classmethod
    def setUpClass(cls):
        cls.server = HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.url = f"http://127.0.0.1:{cls.server.server_port}"

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def test_figures(self):
        """The figures of both models are those of the server, at the time that is asked for."""
        with unittest.mock.patch.dict("os.environ", {"PROMETHEUS_TOKEN": "word"}):
            ended = self.ran(url=self.url + "/", candidate="new", champion="old", at="2026-01-01T00:00:00Z", timeout=30)
        self.assertEqual(ended.answer, {"measurements": {"value": {"candidate": 0.125, "champion": 0.25}}})
        path, token = Server.asked[-1]
        self.assertIn("time=2026-01-01", path)
        self.assertEqual(token, "Bearer word")

    def test_no_figure(self):
        """Every answer that is not one number is refused."""
        for query, word in (
            ("none", "gives 0 series"), ("two", "gives 2 series"), ("nan", "gives NaN"), ("bad", "parse error"),
            ("range", "gives a matrix"), ("part", "may not be whole"), ("text", "no JSON"),
        ):
            self.refuses(word, url=self.url, candidate=query, timeout=30)

    def test_no_server(self):
        """A server that is not there is named."""
        self.refuses("does not answer", url="http://127.0.0.1:9", candidate="new", timeout=5)
        self.refuses("no address", url="file:///etc", candidate="new", timeout=5)
