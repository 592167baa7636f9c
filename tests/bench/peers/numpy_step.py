"""The same steps in NumPy, one thread, driven line by line: one JSON object in, one JSON object out.

    {"do": "hello"}                                       -> {"python", "numpy", "blas"}
    {"do": "place", "solver", "size", "matrix", ...}      -> {}          arrays: base64 of float64, little-endian
    {"do": "take", "steps": N}                            -> {"wall", "processor"}: seconds; takes N steps from where it stands
    {"do": "policy"}                                      -> {"log"}     log-probabilities where it stands

Written as one would for speed: ufuncs bound to local names, results in place, no temporaries, the reductions of the
ufuncs instead of the slower methods, probabilities kept from the normalisation, and whatever is the same in every
step or in both half steps computed once.
"""

import base64
import json
import math
import os
import platform
import sys
import time

import numpy as np

add, subtract, multiply, divide, exp = np.add, np.subtract, np.multiply, np.divide, np.exp
largest, total = np.maximum.reduce, np.add.reduce


def mirror_descent(game, steps):
    log, policy, payoffs, pulled = game["log"], game["policy"], game["payoffs"], game["pulled"]
    keep, push, evaluate, ln = game["keep"], game["push"], game["matrix"].dot, math.log
    for _ in range(steps):
        evaluate(policy, payoffs)
        multiply(payoffs, push, payoffs)
        multiply(log, keep, log)
        add(log, pulled, log)
        add(log, payoffs, log)
        subtract(log, largest(log), log)
        exp(log, policy)
        mass = total(policy)
        divide(policy, mass, policy)
        subtract(log, ln(mass), log)


def extragradient(game, steps):
    log, policy, payoffs, pulled = game["log"], game["policy"], game["payoffs"], game["pulled"]
    keep, push, evaluate, ln = game["keep"], game["push"], game["matrix"].dot, math.log
    base, half = np.empty_like(log), np.empty_like(log)
    for _ in range(steps):
        multiply(log, keep, base)
        add(base, pulled, base)
        evaluate(policy, payoffs)
        multiply(payoffs, push, payoffs)
        add(payoffs, base, payoffs)
        subtract(payoffs, largest(payoffs), payoffs)
        exp(payoffs, half)
        divide(half, total(half), half)
        evaluate(half, payoffs)
        multiply(payoffs, push, payoffs)
        add(payoffs, base, log)
        subtract(log, largest(log), log)
        exp(log, policy)
        mass = total(policy)
        divide(policy, mass, policy)
        subtract(log, ln(mass), log)


loops = {"mirror-descent": mirror_descent, "extragradient": extragradient}


def blas_library():
    """File of the BLAS that a product has loaded, where the system tells (Linux); else what NumPy was built with."""
    np.ones((2, 2)) @ np.ones(2)
    try:
        with open("/proc/self/maps", encoding="utf8") as maps:
            files = {line.split()[-1] for line in maps if "blas" in line.lower() and line.split()[-1].startswith("/")}
        names = sorted({os.path.basename(os.path.realpath(file)) for file in files})
        libraries = [name for name in names if not name.startswith("_")]
        if libraries:
            return ", ".join(libraries)
    except OSError:
        pass
    try:
        return np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
    except (TypeError, KeyError):
        return "unknown"


def decode(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f8").copy()


def place(message):
    size = message["size"]
    log = decode(message["start"])
    return {
        "loop": loops[message["solver"]],
        "matrix": decode(message["matrix"]).reshape(size, size),
        "log": log,
        "policy": np.exp(log),
        "payoffs": np.empty(size),
        "pulled": message["pull"] * decode(message["reference"]),
        "keep": message["keep"],
        "push": message["push"],
    }


def main():
    game = None
    for line in sys.stdin:
        message = json.loads(line)
        answer = {}
        if message["do"] == "hello":
            answer = {"python": platform.python_version(), "numpy": np.__version__, "blas": blas_library()}
        elif message["do"] == "place":
            game = place(message)
        elif message["do"] == "take":
            wall, processor = time.perf_counter(), time.process_time()
            game["loop"](game, message["steps"])
            wall, processor = time.perf_counter() - wall, time.process_time() - processor
            answer = {"wall": wall, "processor": processor}
        elif message["do"] == "policy":
            answer = {"log": base64.b64encode(game["log"].astype("<f8").tobytes()).decode("ascii")}
        print(json.dumps(answer), flush=True)


main()
