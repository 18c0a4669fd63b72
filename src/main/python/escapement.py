"""Shows a loop of yours in an Escapement server. One file, standard library only, Python 3.8 or newer.

    import escapement
    run = escapement.watch(name="my fit", url="http://127.0.0.1:8080")
    for k in range(10000):
        ...
        run.log(k, loss=f, gradientNorm=g)

The server says when the run stalls, oscillates, diverges or falls silent, for which it heeds loss, gradientNorm and
hessianLambdaMin; every other figure is drawn as well. The loop never waits and never fails because of this: a call puts
a tuple into a buffer, and a thread of its own sends what is there. While there is no server, or it is slow, the buffer
fills, and then the oldest iterations make room; how many is told to the server. Iterations that take less than some 30
microseconds may be dropped too, as sending has a fifth of a core at most.

Call run.end(), or use the run in a with statement, once its loop is over: until then its thread says that it is alive. Compiled
code that holds Python's global lock for a minute is not heard of meanwhile, nor does its heartbeat go out.

`python3 escapement.py bench` measures what a call costs here.
"""

import atexit
import collections
import gzip
import http.client
import http.server
import inspect
import json
import math
import os
import queue
import random
import shlex
import socket
import subprocess
import sys
import threading
import time
import traceback
import urllib.parse
import uuid

__all__ = ["watch", "Run"]

DEFAULT_URL = "http://127.0.0.1:8080"
END_STATES = ("converged", "limit", "diverged", "stalled", "cancelled", "failed")

_BATCH = 1000  # events of a request, and from which on one does not wait for its turn
_TURN = 0.25  # seconds between requests
_TIMEOUT = 10.0  # seconds for an answer
_LEAST_PATIENCE = 0.25  # seconds before a first repetition; doubled each time
_MOST_PATIENCE = 10.0
_SHARE = 0.2  # of a core's time, at most, for sending while the loop goes on
_FAREWELL = 5.0  # seconds that the end of the program may wait for a server that takes events
_HOPELESS = 1.0  # the same where the server takes none
_KEPT = 3.0  # seconds for which what the server took is kept: killed, it forgets what it has not stored
_MOST_KEPT = 64  # batches
_IDLE = 2.0  # seconds without an answer, after which it is asked how far it is: a proxy does not tell of its restart
_TOLD_EVERY = 10.0  # seconds between messages about dropped iterations
_MOST_TEXT = 4000
_MOST_NAME = 200

# As Python writes them, and as they are heeded.
_ALIASES = {
    "gradient_norm": "gradientNorm",
    "hessian_lambda_min": "hessianLambdaMin",
    "lambda_min": "lambdaMin",
    "step_size": "stepSize",
    "residual_norm": "residualNorm",
}

_live = set()  # runs whose thread works


def watch(
    name=None,
    url=None,
    problem="",
    solver="",
    settings=None,
    tags=(),
    seed=None,
    command=None,
    token=None,
    token_file=None,
    ca_file=None,
    expect_next=30.0,
    heartbeat=10.0,
    buffer=100_000,
    compress=False,
    quiet=False,
):
    """Begins a run and gives its Run. Does not wait for the server, and does not fail without one.

    url         of the server; the variable ESCAPEMENT_URL, or http://127.0.0.1:8080, where it is not given
    settings    dict of what the run was started with, such as {"lr": 1e-3}
    token       sent as "Authorization: Bearer"; else that of token_file, alone or in a line "ROLE TOKEN [NAME]" with the
                role ingest or control, or the variable ESCAPEMENT_TOKEN
    ca_file     with https: certificates (PEM) to trust instead of the system's; else the variable ESCAPEMENT_CA_FILE
    expect_next seconds within which an iteration is due; after them the server calls the run quiet
    heartbeat   seconds of silence after which the server is told that the program is alive
    buffer      events kept, at most, while the server does not take them
    quiet       nothing on standard error
    """
    about = {
        "name": _text(name or os.path.basename(sys.argv[0] if sys.argv else "") or "a Python program", _MOST_NAME),
        "problem": _text(problem, _MOST_NAME),
        "solver": _text(solver, _MOST_NAME),
        "command": _text(_command() if command is None else command, _MOST_TEXT),
        "tags": [_text(tag, _MOST_NAME) for tag in list(tags)[:200]],
        "settings": {
            _text(key, _MOST_NAME): _text(value, _MOST_TEXT) for key, value in list((settings or {}).items())[:190]
        },
    }
    if isinstance(seed, int) and -(2**63) <= seed < 2**63:
        about["seed"] = seed
    run = Run(max(1, int(buffer)), float(expect_next), float(heartbeat), bool(quiet))
    try:
        address = _Address(
            url or os.environ.get("ESCAPEMENT_URL") or DEFAULT_URL, ca_file or os.environ.get("ESCAPEMENT_CA_FILE")
        )
        bearer = _token(token, token_file)
    except (ValueError, OSError) as error:
        run._say("the run is not watched: %s" % error)
        run._silence("")
        return run
    _Sender(run, address, bearer, about, compress).start()
    return run


class Run:
    """A watched loop. Its methods return at once (flush waits, as long as it is told) and raise nothing; any thread may
    call them. In a process forked from the one that called watch() they do nothing."""

    def __init__(self, limit, expect_next, heartbeat, quiet):
        self.id = None  # once the server knows the run
        self.url = None  # of its page, then
        self.stop_requested = False  # whether somebody asked for the end in the dashboard
        self.dropped = 0  # iterations that went for want of room
        self.callback = _Callback(self, None, None)
        self._limit = limit
        self._usual = self._expect = expect_next
        self._heartbeat = heartbeat
        self._quiet = quiet
        self._said = set()
        # Can be taken again by a signal handler that interrupts its holder.
        self._lock = threading.RLock()
        # Of (attempt, seq, moment, iteration, figures or fields), each in order; together they are what waits.
        self._iterations = collections.deque()
        self._landmarks = collections.deque()
        self._batch = []  # what has been taken from them and is not known to have arrived
        self._attempt = 1
        self._seq = 0
        self._iteration = -1
        self._told_dropped = 0
        self._told_at = -math.inf
        self._closed = None  # why nothing more is taken; None while it is
        self._troubled = False
        self._hurry = False
        self._wake = queue.SimpleQueue()

    def log(self, iteration=None, **figures):
        """An iteration with its figures. Without a number it is the next; one that goes back begins another attempt."""
        for name, value in figures.items():
            if type(value) is not float:
                figures[name] = self._number(name, value)
        if iteration is not None and type(iteration) is not int:
            iteration = self._whole(iteration)
        with self._lock:
            if self._closed is not None:
                self._say("not sent, as %s" % self._closed, "closed")
                return
            if iteration is None or iteration < 0:
                iteration = self._iteration + 1
            elif iteration < self._iteration:
                self._attempt += 1
                self._seq = 0
            self._iteration = iteration
            self._expect = self._usual
            # The number is used up even where the event goes: the server sees by it that one is missing.
            seq = self._seq
            self._seq = seq + 1
            waiting = self._iterations
            if len(waiting) + len(self._landmarks) >= self._limit:
                self.dropped += 1
                if not waiting:
                    return
                waiting.popleft()
            waiting.append((self._attempt, seq, time.monotonic(), iteration, figures))
            if len(waiting) == _BATCH and self._wake.empty():
                self._wake.put(None)

    def message(self, text, level="info"):
        """A line in the run's history; level is info, warning or error."""
        self._landmark({"kind": "message", "level": str(level), "text": _text(text, _MOST_TEXT)})

    def phase(self, phase, detail=""):
        """What the program does now: descend, trial, judge, escape, paused or finish."""
        self._landmark({"kind": "phase", "phase": str(phase), "detail": _text(detail, _MOST_TEXT)})

    def escape(self, mechanism, outcome="accepted", detail="", **figures):
        """A jump, such as a restart; outcome is proposed, accepted, rejected or refused."""
        fields = {"kind": "escape", "mechanism": _text(mechanism, _MOST_NAME), "outcome": str(outcome)}
        fields["detail"] = _text(detail, _MOST_TEXT)
        fields["values"] = {_ALIASES.get(k, k): _json(self._number(k, value)) for k, value in figures.items()}
        self._landmark(fields)

    def expect(self, seconds):
        """The next iteration may take this long: until then the run is not called quiet."""
        number = self._number("seconds", seconds)
        if number is not None and number >= 0:
            self._expect = number
            self._wake.put(None)

    def end(self, state="limit", reason="the loop ended"):
        """Ends the run as converged, limit, diverged, stalled, cancelled or failed. What comes after is not sent."""
        if state not in END_STATES:
            self._say("state is %r; one of %s would be valid, limit is sent" % (state, ", ".join(END_STATES)))
            state = "limit"
        with self._lock:
            if self._closed is None:
                self._tell_dropped(True)
                self._landmark({"kind": "verdict", "state": state, "text": _text(reason, _MOST_TEXT)})
                self._closed = "the run has ended"
        self._wake.put(None)

    def flush(self, seconds=_FAREWELL):
        """Waits until the server has everything, at most this long; whether it has."""
        until = time.monotonic() + seconds
        self._hurry = True
        self._wake.put(None)
        while not self._empty() and time.monotonic() < until:
            time.sleep(0.005)
        self._hurry = False
        return self._empty()

    def callback_for(self, fun=None, jac=None):
        """A callback for scipy.optimize that evaluates fun and jac at x where scipy does not hand over their values."""
        return _Callback(self, fun, jac)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self._end_with(error)
        return False

    def _end_with(self, error):
        if isinstance(error, KeyboardInterrupt):
            self.end("cancelled", "interrupted at the keyboard")
        elif self.stop_requested and (error is None or isinstance(error, StopIteration)):
            self.end("cancelled", "a stop was asked for")
        elif error is not None:
            self.end("failed", "".join(traceback.format_exception_only(type(error), error)).strip())
        else:
            self.end()

    def _landmark(self, fields):
        with self._lock:
            if self._closed is not None:
                self._say("not sent, as %s" % self._closed, "closed")
            elif self._make_room() or fields["kind"] == "verdict":
                self._landmarks.append((self._attempt, self._seq, time.monotonic(), None, fields))
                self._seq += 1

    def _make_room(self):
        """For a landmark, at the expense of an iteration. Only where nothing but landmarks wait may one be refused."""
        if len(self._iterations) + len(self._landmarks) < self._limit:
            return True
        if self._iterations:
            self._iterations.popleft()
            self.dropped += 1
            return True
        if len(self._landmarks) < 2 * self._limit:
            return True
        self._say("%d messages and other landmarks wait; no more are kept" % len(self._landmarks), "landmarks")
        return False

    def _tell_dropped(self, now):
        """With the lock held. Not at every batch: a server that is too slow would be sent little else."""
        if self.dropped > self._told_dropped and (now or time.monotonic() - self._told_at >= _TOLD_EVERY):
            self._told_at = time.monotonic()
            self._told_dropped = self.dropped
            text = "%d iterations have been dropped so far: more than %d events waited" % (self.dropped, self._limit)
            self._landmark({"kind": "message", "level": "warning", "text": text})

    def _take(self):
        """The next batch, in order."""
        with self._lock:
            if not self._batch:
                if self._closed is None:
                    self._tell_dropped(False)
                iterations, landmarks, batch = self._iterations, self._landmarks, self._batch
                while len(batch) < _BATCH and (iterations or landmarks):
                    first = not landmarks or (iterations and iterations[0][:2] < landmarks[0][:2])
                    batch.append((iterations if first else landmarks).popleft())
            return self._batch

    def _arrived(self):
        with self._lock:
            self._batch = []

    def _bring_again(self, events):
        with self._lock:
            self._batch = events + self._batch

    def _empty(self):
        with self._lock:
            return not (self._batch or self._iterations or self._landmarks)

    def _many(self):
        return len(self._iterations) + len(self._landmarks) >= _BATCH

    def _silence(self, why):
        """Takes nothing from now on."""
        with self._lock:
            self._closed = why
            self._iterations.clear()
            self._landmarks.clear()
            self._batch = []

    def _forked(self):
        """The thread and the connection are the parent's; a lock may be held by a thread that is not here."""
        self._lock = threading.RLock()
        self._silence("only the process that called watch() is watched; call it again in this one")

    def _number(self, name, value):
        """A float of whatever gives one, None where nothing does."""
        if value is None:
            return None
        try:
            return float(value)
        except Exception as error:  # whatever has been handed in
            self._say("%s is left out, as it is no number: %s" % (name, error), "number " + name)
            return None

    def _whole(self, iteration):
        try:
            return int(iteration)
        except Exception as error:  # whatever has been handed in
            self._say("the iterations are counted instead, as theirs is no number: %s" % error, "iteration")
            return None

    def _say(self, text, once=None):
        """On standard error; what has a key is said once."""
        if self._quiet or once in self._said:
            return
        if once is not None:
            self._said.add(once)
        try:
            sys.stderr.write("escapement: %s\n" % text)
            sys.stderr.flush()
        except Exception:  # closed, or none
            pass


class _Refused(Exception):
    """The server will never take this."""


class _Trouble(Exception):
    """It may be better later."""

    def __init__(self, text, seconds=0.0):
        super().__init__(text)
        self.seconds = seconds


class _Address:
    """Of the server, taken apart."""

    def __init__(self, url, ca_file=None):
        parts = urllib.parse.urlsplit(url if "://" in url else "http://" + url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("url is %r; one such as %s is needed" % (url, DEFAULT_URL))
        self.secure = parts.scheme == "https"
        self.host = parts.hostname
        self.port = parts.port
        self.path = parts.path.rstrip("/")
        self.root = "%s://%s%s" % (parts.scheme, parts.netloc.rpartition("@")[2], self.path)
        self.trust = None
        if self.secure:
            import ssl  # a Python may lack it, and most servers need none of it

            self.trust = ssl.create_default_context(cafile=ca_file or None)

    def connect(self):
        if self.secure:
            return http.client.HTTPSConnection(self.host, self.port, timeout=_TIMEOUT, context=self.trust)
        return http.client.HTTPConnection(self.host, self.port, timeout=_TIMEOUT)


class _Sender:
    """Sends what waits, on a thread of its own, one request at a time over one connection. A batch is sent until it is
    answered; the numbers in it make that harmless. After a trouble, the server is asked how far it is, as it
    may have been killed: what it lacks of the last seconds is sent once more."""

    def __init__(self, run, address, token, about, compress):
        self.run = run
        self.address = address
        self.token = token
        self.about = about
        self.compress = compress
        self.encoder = _Encoder()
        self.connection = None
        self.key = uuid.uuid4().hex  # of the registration: the same however often it is tried
        self.body = None  # of the batch at hand
        self.kept = collections.deque()  # of (moment, batch) that arrived lately
        self.doubt = False  # whether the server may have been started again since
        self.again = False  # whether the run is registered anew and nothing has been taken since
        self.sent_at = -math.inf
        self.promised = None

    def start(self):
        _live.add(self.run)
        threading.Thread(target=self.work, name="escapement", daemon=True).start()

    def work(self):
        run, patience = self.run, _LEAST_PATIENCE
        while True:
            try:
                began = time.thread_time()
                if self.turn():
                    break
                self.fine()
                patience = _LEAST_PATIENCE
                busy = (time.thread_time() - began) * (1 / _SHARE - 1)
                if (run._hurry or run._closed) and not run._empty():
                    continue
                if run._many():
                    self.rest(busy, None)
                else:
                    self.rest(max(busy, _TURN), run._many)
            except _Refused as error:
                run._say("the run is not watched: %s" % error)
                run._silence("the server has refused the run")
                break
            except Exception as error:  # nothing may end this thread while there is a loop to watch
                if run._closed is not None and run._empty():
                    break
                run._troubled = True
                self.doubt = True
                self.hang_up()
                text = str(error) if isinstance(error, _Trouble) else repr(error)
                run._say("%s; events are kept and sent again" % text, "trouble")
                # By chance, so that programs that lost the same server do not all come back at once.
                self.rest(max(patience * random.uniform(0.75, 1.0), getattr(error, "seconds", 0.0)), None)
                patience = min(2 * patience, _MOST_PATIENCE)
        self.hang_up()
        _live.discard(run)

    def fine(self):
        if self.run._troubled:
            self.run._troubled = False
            self.run._said.discard("trouble")
            self.run._say("the server takes events again")

    def rest(self, seconds, enough):
        """Until the time is over, there is enough to do, or somebody waits for what has not been sent."""
        until = time.monotonic() + seconds
        closed, hurry = self.run._closed, self.run._hurry
        while True:
            left = until - time.monotonic()
            if left <= 0 or (enough and enough()) or (self.run._closed, self.run._hurry) != (closed, hurry):
                return
            try:
                self.run._wake.get(timeout=left)
                if enough and self.run._expect != self.promised:
                    return
            except queue.Empty:
                return

    def turn(self):
        """One request, or none if nothing waits. Whether all is done."""
        run = self.run
        if run.id is None:
            self.register()
        if run._closed is None and (
            run._expect != self.promised
            or (run._empty() and time.monotonic() - self.sent_at >= run._heartbeat)
        ):
            self.promised = run._expect
            run._landmark({"kind": "heartbeat", "expectNext": self.promised})
        batch = run._take()
        if not batch:
            return run._closed is not None
        idle = time.monotonic() - self.sent_at > _IDLE
        if (self.doubt or idle) and self.kept and not self.catch_up():
            return False
        self.doubt = False
        batch = run._take()
        if self.body is None:
            self.body = self.encoder.lines(batch)
            if self.compress:
                self.body = gzip.compress(self.body, 1)
        headers = {"Content-Type": "application/x-ndjson"}
        if self.compress:
            headers["Content-Encoding"] = "gzip"
        status, answer, later = self.send(self.body, headers)
        if status == 0:
            return False
        if status in (404, 409):
            self.begin_again(answer)
            return False
        if status not in (200, 413):
            raise _Trouble(self.trouble(status, answer), later)
        if answer.get("rejected"):
            why = (answer.get("firstBad") or {}).get("error")
            run._say("%s of %d events were not taken; the first: %s" % (answer["rejected"], len(batch), why), "bad")
        if answer.get("command") == "stop" and not run.stop_requested:
            run.stop_requested = True
            run._say("a stop was asked for; stop_requested is set")
        self.body = None
        self.again = False
        self.sent_at = time.monotonic()
        self.keep(batch)
        run._arrived()
        return run._closed is not None and run._empty()

    def send(self, body, headers):
        return self.post("/api/v1/runs/%s/events" % self.run.id, body, headers, True)

    def keep(self, batch):
        self.kept.append((self.sent_at, batch))
        while len(self.kept) > _MOST_KEPT or self.sent_at - self.kept[0][0] > _KEPT:
            self.kept.popleft()

    def catch_up(self):
        """Whether what waits can be sent now."""
        status, answer, later = self.send(b"", {"Content-Type": "application/x-ndjson"})
        if status == 0:
            return False
        if status in (404, 409):
            self.begin_again(answer)
            return False
        if status != 200:
            raise _Trouble(self.trouble(status, answer), later)
        known = (answer.get("attempt", 1), answer.get("nextSeq", 0))
        lost = [event for _, batch in self.kept for event in batch if self.encoder.number(event) >= known]
        if lost:
            self.run._say("the server has lost %d events, which are sent again" % len(lost))
            self.run._bring_again(lost)
            self.kept.clear()
            self.body = None
        return True

    def register(self):
        body = json.dumps(dict(self.about, source="external")).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": self.key}
        status, answer, later = self.post("/api/v1/runs", body, headers)
        if status in (400, 413, 415, 422):
            raise _Refused(self.trouble(status, answer))
        if status != 201 or not isinstance(answer.get("id"), str):
            raise _Trouble(self.trouble(status, answer), later)
        self.run.url = "%s/runs/%s" % (self.address.root, answer["id"])
        self.run.id = answer["id"]
        self.run._say("the run is at %s" % self.run.url)

    def begin_again(self, answer):
        """The server does not know the run any more, as after a start of its own: another run goes on from here."""
        if self.again:
            raise _Trouble("the server takes no events of a run it has just registered: %s" % answer.get("detail"))
        self.again = True
        self.run._say("the server takes no more events of run %s; another run goes on from here" % self.run.id)
        self.about["settings"]["continues"] = self.run.id
        self.key = uuid.uuid4().hex
        self.run.id = None
        self.promised = None
        self.kept.clear()
        self.doubt = False
        # What waits is numbered from here, as nothing is missing.
        self.encoder.base = self.run._batch[0][:2]
        self.body = None

    def trouble(self, status, answer):
        why = answer.get("detail") or "it gives no reason"
        return "the server at %s answers %d: %s" % (self.address.root, status, why)

    def post(self, path, body, headers, careful=False):
        """Status, answer and the seconds after which it would like to be asked again.

        careful     a status of 0 where the connection that there was has broken, so that another would be to a server that
                    may have been started since
        """
        headers = dict(headers, **{"User-Agent": "escapement.py"})
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        kept = self.connection is not None
        try:
            try:
                return self.exchange(path, body, headers)
            except (ConnectionError, http.client.HTTPException):
                self.hang_up()
                if not kept:
                    raise
                # The server may close a connection that was idle. It is no trouble to open another.
                if careful:
                    self.doubt = True
                    return 0, {}, 0.0
                return self.exchange(path, body, headers)
        except socket.timeout:
            raise _Trouble("the server at %s has not answered for %g s" % (self.address.root, _TIMEOUT)) from None
        except (OSError, http.client.HTTPException) as error:
            if hasattr(error, "verify_message"):
                raise _Trouble(
                    "the certificate of %s is not trusted (%s); ca_file= or ESCAPEMENT_CA_FILE names one that is"
                    % (self.address.root, error.verify_message)
                ) from None
            raise _Trouble("there is no server at %s (%s)" % (self.address.root, error or repr(error))) from None

    def exchange(self, path, body, headers):
        if self.connection is None:
            self.connection = self.address.connect()
        self.connection.request("POST", self.address.path + path, body, headers)
        response = self.connection.getresponse()
        text = response.read(1 << 20)
        if not response.isclosed():
            self.hang_up()
        try:
            answer = json.loads(text)
        except ValueError:
            answer = {}
        try:
            later = min(60.0, max(0.0, float(response.getheader("Retry-After", "0"))))
        except ValueError:
            later = 0.0
        return response.status, answer if isinstance(answer, dict) else {}, later

    def hang_up(self):
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()


class _Encoder:
    """Events as lines of JSON. Keeps names and seconds, which repeat."""

    def __init__(self):
        self.base = (1, 0)  # attempt and seq from which the server counts
        self.names = {}
        self.second = None
        self.prefix = ""
        self.moment = time.monotonic()
        self.clock = time.time()

    def number(self, event):
        """(attempt, seq) by which the server knows it."""
        attempt, seq = event[:2]
        return attempt, seq - self.base[1] if attempt == self.base[0] else seq

    def lines(self, batch):
        return "".join([self.line(*event) for event in batch]).encode()

    def line(self, attempt, seq, moment, iteration, content):
        elapsed = moment - self.moment
        stamp = '{"attempt":%d,"seq":%d,"time":"%s","elapsed":%.6f,' % (
            *self.number((attempt, seq)), self.time(self.clock + elapsed), max(0.0, elapsed)
        )
        if iteration is None:
            return stamp + json.dumps(content)[1:] + "\n"
        # The difference is 0 unless the number is one of the three that JSON lacks.
        values = [
            self.name(name) + (repr(value) if value - value == 0.0 else _QUOTED[repr(value)])
            for name, value in content.items()
            if value is not None
        ]
        return '%s"iteration":%d,"values":{%s}}\n' % (stamp, iteration, ",".join(values))

    def time(self, at):
        second = int(at)
        if second != self.second:
            self.second = second
            self.prefix = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
        return "%s.%06dZ" % (self.prefix, int((at - second) * 1e6))

    def name(self, name):
        known = self.names.get(name)
        if known is None:
            known = self.names[name] = json.dumps(_ALIASES.get(name, name)) + ":"
        return known


_QUOTED = {"nan": '"NaN"', "inf": '"Infinity"', "-inf": '"-Infinity"'}


def _json(number):
    """What json.dumps writes as the server reads it."""
    return number if number is None or math.isfinite(number) else _QUOTED[repr(number)].strip('"')


class _Callback:
    """For scipy.optimize: callback=run.callback. Called with an OptimizeResult by name, or with x and what follows it.

    scipy looks at the parameter's name to decide which, and hands over more with this one. Where a stop was asked for it
    ends the solver as scipy documents: by StopIteration, or by True where it is called with x."""

    __signature__ = inspect.Signature(
        [inspect.Parameter("intermediate_result", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    )

    def __init__(self, run, fun, jac):
        self.run = run
        self.fun = fun
        self.jac = jac

    def __call__(self, *given, **named):
        result = named.get("intermediate_result", given[0] if given else None)
        try:
            self.log(result, given[1:])
        except Exception as error:  # of the functions handed in, or a result that looks like none that is known
            self.run._say("an iteration is not sent: %r" % error, "callback")
        if self.run.stop_requested and "intermediate_result" in named:
            raise StopIteration
        return self.run.stop_requested

    def log(self, result, rest):
        if not hasattr(result, "x") and rest and hasattr(rest[0], "x"):
            result, rest = rest[0], ()  # trust-constr of older versions
        x = getattr(result, "x", result)
        figures = {}
        loss = getattr(result, "cost", getattr(result, "fun", None))
        if loss is None and rest:
            loss = rest[0]  # basinhopping, dual_annealing, root
        if loss is None and self.fun is not None:
            loss = self.fun(x)
        if loss is not None:
            if _single(loss):
                figures["loss"] = loss.item() if hasattr(loss, "item") else loss
            else:
                figures["residualNorm"] = _norm(loss)
                figures["loss"] = 0.5 * figures["residualNorm"] ** 2
        gradient = getattr(result, "grad", None)
        if gradient is None:
            gradient = getattr(result, "jac", None)
        if self.jac is not None and (gradient is None or not _flat(gradient)):
            gradient = self.jac(x)
        if gradient is not None and _flat(gradient):
            figures["gradientNorm"] = _norm(gradient)
        if figures:
            self.run.log(**figures)
        else:
            self.run._say("scipy hands over x alone; callback=run.callback_for(fun, jac) evaluates them", "callback x")


def _single(value):
    return getattr(value, "size", 1) == 1 and not isinstance(value, (list, tuple))


def _flat(value):
    """A vector, and not the matrix of several functions' derivatives."""
    return getattr(value, "ndim", 1) == 1


def _norm(vector):
    if hasattr(vector, "ravel"):
        flat = vector.ravel()
        return math.sqrt(float(flat.dot(flat)))
    return math.sqrt(math.fsum(float(v) * float(v) for v in vector))


def _text(value, most):
    # A command line may hold bytes that are no text.
    text = str(value).encode("utf-8", "replace").decode("utf-8").strip()
    return text if len(text) <= most else text[: most - 1] + "\u2026"


def _command():
    return " ".join(["python"] + [shlex.quote(argument) for argument in sys.argv if argument])


def _token(token, file):
    if not token and file:
        with open(file, encoding="utf-8") as stream:
            token = _sending(stream.read())
    token = (token or os.environ.get("ESCAPEMENT_TOKEN") or "").strip()
    if not all("!" <= letter <= "~" for letter in token):
        raise ValueError("the token holds characters that a header cannot; letters, digits and signs would be valid")
    return token


def _sending(text):
    """The first token that may send events: a line of its own, or one of the server's lines ROLE TOKEN [NAME]."""
    for line in text.splitlines():
        words = [] if line.lstrip().startswith("#") else line.split(None, 2)
        if len(words) == 1:
            return words[0]
        if len(words) > 1 and words[0] in ("ingest", "control"):
            return words[1]
    raise ValueError("token_file has no token to send events with; one alone, or a line 'ingest TOKEN' would be valid")


@atexit.register
def _farewell():
    """Runs that nobody ended end with the program, and the last events get a moment to arrive."""
    runs = list(_live)
    # In a session the last exception may be long ago, and did not end it.
    session = hasattr(sys, "ps1") or "IPython" in sys.modules
    error = None if session else getattr(sys, "last_value", None)
    began = time.monotonic()
    for run in runs:
        run._end_with(error)
    for run in runs:
        while not run._empty() and time.monotonic() - began < (_HOPELESS if run._troubled else _FAREWELL):
            time.sleep(0.005)
        if not run._empty():
            run._say("the end of the run has not reached the server")


def _in_child():
    for run in list(_live):
        run._forked()
    _live.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)


class _Sink(http.server.BaseHTTPRequestHandler):
    """Takes everything, for the measurement."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        lines = self.rfile.read(int(self.headers["Content-Length"])).count(b"\n")
        made = self.path.endswith("/runs")
        body = json.dumps({"id": "bench"} if made else {"accepted": lines}).encode()
        self.send_response(201 if made else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *unused):
        pass


def _sink():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Sink)
    print(server.server_port, flush=True)
    server.serve_forever()


def _work(n):
    total = 0.0
    for i in range(n):
        total += i * 0.5
    return total


def _timed(events, work, run):
    """Microseconds an iteration."""
    began = time.perf_counter()
    if run is None:
        for _ in range(events):
            _work(work)
    else:
        for k in range(events):
            _work(work)
            run.log(k, loss=1.0 / (k + 1), gradientNorm=0.5)
    return (time.perf_counter() - began) / events * 1e6


def _bench():
    """What a call costs the loop, with a server that takes everything (a process of its own) and with none."""
    sink = subprocess.Popen([sys.executable, os.path.abspath(__file__), "sink"], stdout=subprocess.PIPE)
    try:
        url = "http://127.0.0.1:%s" % sink.stdout.readline().decode().strip()
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            nowhere = "http://127.0.0.1:%d" % unused.getsockname()[1]
        print("%-34s %11s %11s %7s %9s" % ("loop", "alone/us", "watched/us", "ratio", "dropped"))
        for title, address, events, work in (
            ("nothing, no server", nowhere, 400_000, 0),
            ("nothing, server", url, 400_000, 0),
            ("about 30 us, server", url, 40_000, 600),
            ("about 300 us, server", url, 6_000, 6_000),
        ):
            run = watch(name="bench", url=address, quiet=True)
            alone, watched = [], []
            for _ in range(3):
                alone.append(_timed(events, work, None))
                watched.append(_timed(events, work, run))
            run.end("converged", "measured")
            a, b = min(alone), min(watched)
            print("%-34s %11.2f %11.2f %7.2f %9d" % (title, a, b, b / a, run.dropped))
            if address == nowhere:
                run._silence("it is measured")
    finally:
        sink.kill()
        sink.wait()


def _main(arguments):
    if arguments == ["bench"]:
        _bench()
    elif arguments == ["sink"]:
        _sink()
    else:
        print(__doc__)
        return 0 if arguments in ([], ["--help"], ["-h"]) else 2
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
