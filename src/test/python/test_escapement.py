"""The client against servers that fail in many ways: nothing lost, nothing twice, and the loop never waits."""

import ast
import contextlib
import gzip
import http.server
import inspect
import io
import json
import math
import os
import pathlib
import random
import ssl
import subprocess
import sys
import threading
import time
import unittest
import unittest.mock

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "main" / "python" / "escapement.py"
sys.path.insert(0, str(SOURCE.parent))
sys.dont_write_bytecode = True

import escapement  # noqa: E402

LONG = 20.0


class Stub:
    """Takes events as the real server does: what has come before counts as a duplicate."""

    def __init__(self, port=0):
        self.lock = threading.Lock()
        self.runs = {}
        self.registered = []
        self.events = []  # taken, in order
        self.duplicates = 0
        self.requests = 0
        self.connections = 0
        self.headers = []
        self.answers = []  # to be given first: a status, "drop" or "take and drop"
        self.command = None
        self.go = threading.Event()  # requests wait for it
        self.go.set()
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                with stub.lock:
                    stub.connections += 1

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stub.go.wait(LONG)
                if self.headers["Content-Encoding"] == "gzip":
                    body = gzip.decompress(body)
                with stub.lock:
                    stub.requests += 1
                    stub.headers.append(dict(self.headers))
                    wanted = stub.answers.pop(0) if stub.answers else None
                    if wanted == "drop":
                        status, answer = 0, {}
                    elif isinstance(wanted, int):
                        status, answer = wanted, {"detail": "the stub says so"}
                    else:
                        status, answer = stub.take(self.path, dict(self.headers), body)
                if status == 0 or wanted == "take and drop":
                    self.close_connection = True
                    return
                text = json.dumps(answer).encode()
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "0")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *unused):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def take(self, path, headers, body):
        if path == "/api/v1/runs":
            key = headers["Idempotency-Key"]
            if key not in self.runs:
                self.runs[key] = {"id": "run%d" % len(self.runs), "next": {}}
                self.registered.append(json.loads(body))
            return 201, {"id": self.runs[key]["id"]}
        run = [run for run in self.runs.values() if path == "/api/v1/runs/%s/events" % run["id"]]
        if not run:
            return 404, {"detail": "there is no such run here"}
        accepted = 0
        for line in body.decode().splitlines():
            event = json.loads(line, parse_constant=lambda name: 1 / 0)
            event["run"] = run[0]["id"]
            following = run[0]["next"]
            if event["seq"] < following.get(event["attempt"], 0):
                self.duplicates += 1
                continue
            following[event["attempt"]] = event["seq"] + 1
            self.events.append(event)
            accepted += 1
        attempt = max(run[0]["next"], default=1)
        following = run[0]["next"].get(attempt, 0)
        return 200, {"accepted": accepted, "command": self.command, "attempt": attempt, "nextSeq": following}

    def forget(self, events):
        """As if it had been killed before it stored the newest."""
        with self.lock:
            lost = self.events[-events:]
            del self.events[-events:]
            (run,) = self.runs.values()
            for event in reversed(lost):
                run["next"][event["attempt"]] = event["seq"]
                if event["seq"] == 0:
                    del run["next"][event["attempt"]]

    def kind(self, kind):
        with self.lock:
            return [event for event in self.events if event.get("kind", "iteration") == kind]

    def iterations(self):
        return [event["iteration"] for event in self.kind("iteration")]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.saved = escapement._LEAST_PATIENCE, escapement._TURN, escapement._MOST_PATIENCE
        escapement._LEAST_PATIENCE = escapement._MOST_PATIENCE = escapement._TURN = 0.01
        self.talk = io.StringIO()
        redirect = contextlib.redirect_stderr(self.talk)
        redirect.__enter__()
        self.addCleanup(redirect.__exit__, None, None, None)
        self.addCleanup(self.restore)
        self.stub = Stub()
        self.addCleanup(self.stub.close)

    def restore(self):
        for run in list(escapement._live):
            run._silence("the test is over")
        escapement._LEAST_PATIENCE, escapement._TURN, escapement._MOST_PATIENCE = self.saved

    def watch(self, **options):
        options.setdefault("url", self.stub.url)
        return escapement.watch(name="a test", **options)

    def until(self, condition, what):
        end = time.monotonic() + LONG
        while not condition():
            if time.monotonic() > end:
                self.fail("%s did not come true; the client said: %s" % (what, self.talk.getvalue()))
            time.sleep(0.002)

    def delivered(self, run):
        self.assertTrue(run.flush(LONG), self.talk.getvalue())

    def test_three_lines_watch_a_loop(self):
        run = self.watch(settings={"lr": 1e-3}, seed=7, solver="adam")
        for k in range(2500):
            run.log(k, loss=1 / (k + 1), gradient_norm=2)
        run.end("converged", "small enough")
        self.delivered(run)
        self.assertEqual(list(range(2500)), self.stub.iterations())
        self.assertEqual({"loss": 0.5, "gradientNorm": 2.0}, self.stub.kind("iteration")[1]["values"])
        verdict = self.stub.kind("verdict")[0]
        self.assertEqual(("converged", "small enough"), (verdict["state"], verdict["text"]))
        seqs = [event["seq"] for event in self.stub.events]
        self.assertEqual(list(range(len(seqs))), seqs)
        about = self.stub.registered[0]
        self.assertEqual(("external", "a test", 7), (about["source"], about["name"], about["seed"]))
        self.assertEqual({"lr": "0.001"}, about["settings"])
        self.assertEqual(1, self.stub.connections, "one connection is kept")
        self.assertRegex(self.stub.events[0]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")

    def test_without_a_server_it_warns_once_and_sends_everything_when_there_is_one(self):
        port = self.stub.port
        self.stub.close()
        run = self.watch()
        for k in range(100):
            run.log(k, loss=k)
        self.until(lambda: "there is no server" in self.talk.getvalue(), "the warning")
        self.stub = Stub(port)
        self.addCleanup(self.stub.close)
        self.delivered(run)
        self.assertEqual(list(range(100)), self.stub.iterations())
        self.assertEqual(1, self.talk.getvalue().count("there is no server"))
        self.assertEqual(1, self.talk.getvalue().count("takes events again"))

    def test_a_certificate_that_is_not_trusted_is_not_called_an_absent_server(self):
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        with unittest.mock.patch.object(escapement._Sender, "exchange", side_effect=error):
            run = self.watch()
            run.log(0, loss=1)
            self.until(lambda: "is not trusted (self-signed certificate); ca_file=" in self.talk.getvalue(), "the warning")
        self.assertNotIn("there is no server", self.talk.getvalue())

    def test_what_got_through_without_an_answer_is_sent_again_and_counts_once(self):
        self.stub.answers = [None, None, "take and drop", "take and drop", 503, "drop", 429, 500]
        run = self.watch()
        self.delivered(run)
        for k in range(3000):
            run.log(k, loss=k)
        self.delivered(run)
        self.assertEqual(list(range(3000)), self.stub.iterations())
        self.assertGreater(self.stub.duplicates, 0)
        self.assertEqual([], self.stub.answers)
        self.assertGreater(self.stub.connections, 2)

    def test_a_server_that_fails_at_random_gets_everything_exactly_once(self):
        """Connections cut before and after a batch was taken, and refusals: part of the fault suite."""
        seed = int(os.environ.get("ESCAPEMENT_TEST_SEED", "11"))
        random.seed(seed)
        faults = random.choices(["drop", "take and drop", 503, 429, None], k=60)
        self.stub.answers = [None, None] + faults
        run = self.watch()
        for k in range(30_000):
            run.log(k, loss=k)
            if k % 500 == 0:
                run.message("at %d" % k)
                run.flush(0.01)
        run.end()
        self.delivered(run)
        self.assertEqual(list(range(30_000)), self.stub.iterations(), "seed %d" % seed)
        self.assertEqual(["at %d" % k for k in range(0, 30_000, 500)], [m["text"] for m in self.stub.kind("message")])
        self.assertGreater(self.stub.duplicates, 0)
        print(
            "fault: a client in Python, seed %d, %d requests of which %d failed: 30000 iterations arrived, %d events came"
            " again and counted once" % (seed, self.stub.requests, len(faults) - faults.count(None), self.stub.duplicates),
            file=sys.__stdout__,
        )

    def test_without_a_server_memory_does_not_grow_however_long_the_loop_goes_on(self):
        """In a process of its own, so that its memory is its own: part of the fault suite."""
        logs = int(os.environ.get("ESCAPEMENT_TEST_LOGS", "1000000"))
        program = (
            "import escapement, resource, sys\n"
            "run = escapement.watch(url='http://127.0.0.1:1', quiet=True)\n"
            "for k in range(200_000): run.log(k, loss=0.5 + k, gradientNorm=1.0 / (k + 1))\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "for k in range(200_000, %d): run.log(k, loss=0.5 + k, gradientNorm=1.0 / (k + 1))\n"
            "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "print(before, after, run.dropped)\n"
            "run._silence('it is measured')\n" % logs
        )
        done = subprocess.run(
            [sys.executable, "-B", "-c", program],
            env=dict(os.environ, PYTHONPATH=str(SOURCE.parent)),
            capture_output=True,
            text=True,
            timeout=600,
        )
        self.assertEqual(0, done.returncode, done.stderr)
        before, after, dropped = (int(word) for word in done.stdout.split())
        self.assertEqual(logs - 100_000, dropped)
        self.assertLess(after - before, 16 * 1024, "kilobytes more after %d calls" % logs)
        print(
            "fault: a client in Python without a server, %d calls: %d kB after 200000 of them, %d kB after all; %d dropped,"
            " each counted" % (logs, before, after, dropped),
            file=sys.__stdout__,
        )

    def test_a_registration_that_is_repeated_makes_one_run(self):
        self.stub.answers = [503, "take and drop", "take and drop"]
        run = self.watch()
        run.log(0, loss=1)
        self.delivered(run)
        self.assertEqual(1, len(self.stub.registered))

    def test_a_server_that_was_started_anew_gets_another_run_numbered_from_0(self):
        run = self.watch()
        for k in range(10):
            run.log(k, loss=k)
        self.delivered(run)
        with self.stub.lock:
            self.stub.runs.clear()
            self.stub.runs["another program's"] = {"id": "taken", "next": {}}
        for k in range(10, 20):
            run.log(k, loss=k)
        run.end()
        self.delivered(run)
        second = [event for event in self.stub.events if event["run"] == run.id]
        self.assertEqual(list(range(len(second))), [event["seq"] for event in second])
        self.assertEqual(list(range(20)), self.stub.iterations())
        self.assertEqual("run0", self.stub.registered[1]["settings"]["continues"])

    def test_what_a_killed_server_had_not_stored_is_sent_again_in_order(self):
        run = self.watch()
        for k in range(30):
            run.log(min(k, 25), loss=k)
            if k == 20:
                run.message("halfway")
        self.delivered(run)
        run.log(3, loss=30)
        self.delivered(run)
        self.stub.forget(15)
        # The batch, which breaks the connection that was kept; then twice how far the server is, and the batch once more.
        self.stub.answers = ["drop", "drop", 503, None, "drop"]
        for k in range(4, 10):
            run.log(k, loss=k + 27)
        run.end()
        self.delivered(run)
        losses = [event["values"]["loss"] for event in self.stub.kind("iteration")]
        self.assertEqual(list(range(37)), losses)
        self.assertEqual(1, len(self.stub.kind("message")))
        for attempt in (1, 2):
            seqs = [event["seq"] for event in self.stub.events if event["attempt"] == attempt]
            self.assertEqual(list(range(len(seqs))), seqs)
        self.assertEqual(1, len(self.stub.registered))
        self.assertIn("the server has lost 15 events", self.talk.getvalue())

    def test_what_is_no_number_in_json_is_a_text_and_what_is_none_at_all_is_left_out(self):
        class Scalar:
            def __float__(self):
                return 0.25

            def __int__(self):
                return 3

        run = self.watch()
        run.log(Scalar(), loss=math.nan, a=math.inf, b=-math.inf, c=Scalar(), d=None, e="word", f=10**400, g=True)
        run.escape("restart", loss=math.inf)
        self.delivered(run)
        event = self.stub.kind("iteration")[0]
        self.assertEqual(3, event["iteration"])
        self.assertEqual({"loss": "NaN", "a": "Infinity", "b": "-Infinity", "c": 0.25, "g": 1.0}, event["values"])
        self.assertEqual({"loss": "Infinity"}, self.stub.kind("escape")[0]["values"])
        self.assertIn("e is left out", self.talk.getvalue())

    def test_a_full_buffer_loses_the_oldest_iterations_and_no_landmark_and_says_how_many(self):
        self.stub.go.clear()
        run = self.watch(buffer=100)
        for k in range(1000):
            run.log(k, loss=k)
            if k % 100 == 50:
                run.message("at %d" % k)
        run.escape("restart")
        run.end("limit", "enough")
        self.stub.go.set()
        self.delivered(run)
        kept = self.stub.iterations()
        texts = [event["text"] for event in self.stub.kind("message")]
        self.assertEqual(["at %d" % k for k in range(50, 1000, 100)], texts[:10])
        self.assertEqual(1000 - len(kept), run.dropped)
        self.assertLessEqual(len(kept), 100)
        self.assertEqual(list(range(1000))[-len(kept):], kept)
        self.assertRegex(texts[10], r"^9\d\d iterations have been dropped so far: more than 100")
        self.assertEqual((1, 1), (len(self.stub.kind("escape")), len(self.stub.kind("verdict"))))
        seqs = [event["seq"] for event in self.stub.events]
        self.assertEqual(sorted(set(seqs)), seqs, "the numbers go up, and leave out what was dropped")
        # Ten messages, the jump, the account of what was dropped, the end, and the heartbeats.
        everything = 1000 + 13 + len(self.stub.kind("heartbeat"))
        self.assertEqual(everything, seqs[-1] + 1)

    def test_a_server_that_hangs_holds_up_nobody(self):
        run = self.watch()
        self.delivered(run)
        self.stub.go.clear()
        began = time.monotonic()
        for k in range(20_000):
            run.log(k, loss=k)
        run.message("still here")
        run.end()
        # The stub answers nothing before this, so what got here has not waited for it.
        self.assertFalse(run._empty())
        self.assertLess(time.monotonic() - began, LONG)
        self.stub.go.set()
        self.delivered(run)
        self.assertEqual(list(range(20_000)), self.stub.iterations())

    def test_silence_is_filled_with_heartbeats_that_say_when_more_is_due(self):
        run = self.watch(heartbeat=0.02, expect_next=5)
        run.log(0, loss=1)
        self.until(lambda: len(self.stub.kind("heartbeat")) > 3, "heartbeats")
        run.expect(600)
        self.until(lambda: self.stub.kind("heartbeat")[-1]["expectNext"] == 600, "the promise")
        run.log(1, loss=1)
        self.until(lambda: self.stub.kind("heartbeat")[-1]["expectNext"] == 5, "the usual one again")

    def test_a_stop_is_passed_on(self):
        run = self.watch()
        run.log(0, loss=1)
        self.delivered(run)
        self.assertFalse(run.stop_requested)
        self.stub.command = "stop"
        run.log(1, loss=1)
        self.until(lambda: run.stop_requested, "the stop")

    def test_an_exception_ends_the_run_as_failed_and_goes_on(self):
        with self.assertRaisesRegex(ZeroDivisionError, "by zero"):
            with self.watch() as run:
                run.log(0, loss=1)
                1 / 0
        self.delivered(run)
        verdict = self.stub.kind("verdict")[0]
        self.assertEqual(("failed", "ZeroDivisionError: division by zero"), (verdict["state"], verdict["text"]))

    def test_iterations_that_go_back_begin_another_attempt(self):
        run = self.watch()
        for k in (5, 6, 0, 1):
            run.log(k, loss=k)
        run.log(loss=2)
        self.delivered(run)
        taken = [(event["attempt"], event["iteration"]) for event in self.stub.kind("iteration")]
        self.assertEqual([(1, 5), (1, 6), (2, 0), (2, 1), (2, 2)], taken)

    def test_a_token_is_sent_and_a_bad_one_or_a_bad_url_only_talked_of(self):
        os.environ["ESCAPEMENT_TOKEN"] = " s3cret\n"
        self.addCleanup(os.environ.pop, "ESCAPEMENT_TOKEN")
        run = self.watch(compress=True)
        run.log(0, loss=1)
        self.delivered(run)
        self.assertEqual({"Bearer s3cret"}, {headers["Authorization"] for headers in self.stub.headers})
        self.assertEqual([0], self.stub.iterations())
        for wrong in ({"url": "ftp://x"}, {"url": "http://x:port"}, {"token": "a\nb"}, {"token_file": "/nowhere"}):
            run = self.watch(**wrong)
            run.log(0, loss=1)
            run.end()
        self.assertEqual(4, self.talk.getvalue().count("the run is not watched"), self.talk.getvalue())

    def test_a_refused_registration_ends_the_watching_and_not_the_loop(self):
        self.stub.answers = [400]
        run = self.watch()
        self.until(lambda: "is not watched" in self.talk.getvalue(), "the refusal")
        for k in range(10):
            run.log(k, loss=k)
        run.end()
        self.assertTrue(run.flush(0))
        self.assertIn("the stub says so", self.talk.getvalue())

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork here")
    def test_a_forked_process_sends_nothing_and_ends_nothing(self):
        run = self.watch()
        run.log(0, loss=1)
        with run._lock:  # as if another thread held it
            child = os.fork()
            if child == 0:
                code = 3
                try:
                    run.log(1, loss=1)
                    run.end("failed", "by the child")
                    escapement._farewell()
                    code = 0
                finally:
                    os._exit(code)
        self.assertEqual(0, os.waitpid(child, 0)[1])
        run.log(2, loss=1)
        self.delivered(run)
        self.assertEqual([0, 2], self.stub.iterations())
        self.assertEqual([], self.stub.kind("verdict"))

    def program(self, text):
        code = "import sys; sys.path.insert(0, %r)\nimport escapement\n%s" % (str(SOURCE.parent), text)
        return subprocess.run([sys.executable, "-B", "-c", code], stderr=subprocess.PIPE, timeout=60, universal_newlines=True)

    def test_the_end_of_the_program_is_the_end_of_the_run(self):
        ended = self.program("r = escapement.watch(url=%r)\nfor k in range(5): r.log(k, loss=k)" % self.stub.url)
        self.assertEqual(0, ended.returncode, ended.stderr)
        self.assertEqual([0, 1, 2, 3, 4], self.stub.iterations())
        self.assertEqual("limit", self.stub.kind("verdict")[0]["state"])
        failed = self.program("r = escapement.watch(url=%r)\nr.log(0, loss=1)\nraise ValueError('no')" % self.stub.url)
        self.assertEqual(1, failed.returncode)
        self.assertEqual("ValueError: no", self.stub.kind("verdict")[1]["text"])

    def test_the_end_of_the_program_does_not_wait_for_a_server_that_is_not_there(self):
        self.stub.close()
        ended = self.program("r = escapement.watch(url=%r)\nr.log(0, loss=1)" % self.stub.url)
        self.assertEqual(0, ended.returncode)
        self.assertIn("has not reached the server", ended.stderr)

    def test_scipy_hands_over_a_result_by_name(self):
        class Result(dict):
            def __getattr__(self, name):
                try:
                    return self[name]
                except KeyError:
                    raise AttributeError(name) from None

        run = self.watch()
        # What scipy looks at before it decides how to call.
        self.assertEqual({"intermediate_result"}, set(inspect.signature(run.callback).parameters))
        run.callback(intermediate_result=Result(x=[3.0, 4.0], fun=0.5))
        run.callback(intermediate_result=Result(x=[3.0, 4.0], fun=0.25, jac=[0.6, 0.8]))
        run.callback_for(jac=lambda x: x)(intermediate_result=Result(x=[3.0, 4.0], fun=0.125))
        run.callback([0.0], Result(x=[0.0], fun=0.0625, grad=[2.0]))
        self.delivered(run)
        self.assertEqual(
            [
                {"loss": 0.5},
                {"loss": 0.25, "gradientNorm": 1.0},
                {"loss": 0.125, "gradientNorm": 5.0},
                {"loss": 0.0625, "gradientNorm": 2.0},
            ],
            [event["values"] for event in self.stub.kind("iteration")],
        )
        run.stop_requested = True
        with self.assertRaises(StopIteration):
            run.callback(intermediate_result=Result(x=[3.0, 4.0], fun=0.5))

    def test_scipy_hands_over_x(self):
        run = self.watch()
        self.assertFalse(run.callback([1.0]))
        self.assertIn("callback_for", self.talk.getvalue())
        both = run.callback_for(fun=lambda x: sum(v * v for v in x), jac=lambda x: [2 * v for v in x])
        both([3.0, 4.0])
        run.callback([1.0], 0.75, True)  # basinhopping
        run.callback([1.0], [3.0, 4.0])  # root
        self.assertFalse(run.callback_for(fun=lambda x: 1 / 0)([1.0]))
        self.assertIn("ZeroDivisionError", self.talk.getvalue())
        self.delivered(run)
        self.assertEqual(
            [{"loss": 25.0, "gradientNorm": 10.0}, {"loss": 0.75}, {"residualNorm": 5.0, "loss": 12.5}],
            [event["values"] for event in self.stub.kind("iteration")],
        )
        run.stop_requested = True
        self.assertTrue(run.callback_for(fun=len)([1.0]))

    def test_the_file_is_python_3_8(self):
        ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))


if __name__ == "__main__":
    unittest.main()
