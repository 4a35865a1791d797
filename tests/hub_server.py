"""A hub on loopback that serves files, and that can be in a bad way."""

import http.server
import re
import threading
from contextlib import contextmanager
from urllib.parse import unquote

PART = 3000  # bytes that come before a transfer breaks off


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves files, at any commit of any repository, each in the mood that its name or `moods` says.

    truncated: the connection is lost in the middle. longer: there are less bytes than were announced before.
    chunked: the transfer breaks off, and no length was said. slow: after a half nothing comes until `go_on`.
    silent: no answer. login: a web page that asks for a password. broken: an error of the server.
    """

    def do_HEAD(self):
        content = self.server.files.get(self.file)
        if self.mood == "silent":
            self.server.go_on.wait(20)
        elif self.mood == "broken":
            self.send_error(500, "out of order")
        elif self.mood == "login":
            self.begin(**{"Content-Type": "text/html"})
        elif content is None:
            self.send_error(404, "no such file")
        else:
            size = len(content) + 5 * (self.mood == "longer")
            self.begin(**{"X-Repo-Commit": self.commit, "ETag": '"1"', "Content-Length": size})

    def do_GET(self):
        if not self.commit:
            self.send_error(404)  # what the client of another process asks for on its own account
            return
        self.server.asked.append(self.path)
        self.server.tokens.append(self.headers["Authorization"])
        content = self.server.files[self.file]
        if self.mood == "chunked":
            self.begin(**{"Transfer-Encoding": "chunked"})
            self.wfile.write(b"5\r\nhello\r\nff\r\nbroken")
            return
        self.begin(**{"Content-Length": len(content)})
        if self.mood == "truncated":
            # Whoever goes on from there gets no further.
            self.wfile.write(b"" if self.headers["Range"] else content[:PART])
        elif self.mood == "slow" and not self.server.go_on.is_set():
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            self.server.gone_half.set()
            self.server.go_on.wait(60)
        else:
            self.wfile.write(content)

    @property
    def commit(self):
        found = re.search(r"/resolve/(\w+)/", self.path)
        return found and found[1]

    @property
    def file(self):
        return unquote(self.path.partition("/resolve/")[2].partition("/")[2])

    @property
    def mood(self):
        return self.server.moods.get(self.file, self.file)

    def begin(self, **headers):
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def serving(files, monkeypatch):
    """Serve files, name → bytes, as the hub that HF_ENDPOINT names; the client is not patient.

    `asked` has the paths that were fetched, `tokens` what was shown for each.
    """
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.files, server.moods, server.asked, server.tokens = files, {}, [], []
        server.gone_half, server.go_on = threading.Event(), threading.Event()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
        hurry(monkeypatch)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.go_on.set()
        server.shutdown()
        thread.join()


def hurry(monkeypatch):
    """Let the client wait for little, and ask for nothing but files."""
    monkeypatch.setattr("huggingface_hub.utils._detect_agent._registry", {})
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_ETAG_TIMEOUT", 0.2)
    monkeypatch.setattr("huggingface_hub.file_download._ETAG_RETRY_TIMEOUT", 0.2)
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)
