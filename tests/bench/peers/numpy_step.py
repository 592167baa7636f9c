"""The same steps in NumPy, driven as `lines.py` says, on as many threads as the environment gives its BLAS.

Written as one would for speed: ufuncs bound to local names, results in place, no temporaries, the reductions of the
ufuncs instead of the slower methods, probabilities kept from the normalisation, and whatever is the same in every
step or in both half steps computed once. One run works on vectors, several on rows, all of them in one product.
"""

import math
import platform

import numpy as np

from lines import blas_library, serve

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
    base, half = game["base"], game["half"]
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


def evaluation(matrix, policies, payoffs):
    """The payoffs of all runs: one product with a shared matrix, or a product each with matrices of their own."""
    if len(matrix) == 1:
        transposed, dot = matrix[0].T, np.dot
        return lambda: dot(policies, transposed, payoffs)
    columns, results, matmul = policies[:, :, None], payoffs[:, :, None], np.matmul
    return lambda: matmul(matrix, columns, results)


def mirror_descent_runs(game, steps):
    log, policy, payoffs, pulled = game["log"], game["policy"], game["payoffs"], game["pulled"]
    keep, push, edge, ln = game["keep"], game["push"], game["edge"], np.log
    evaluate = evaluation(game["matrix"], policy, payoffs)
    for _ in range(steps):
        evaluate()
        multiply(payoffs, push, payoffs)
        multiply(log, keep, log)
        add(log, pulled, log)
        add(log, payoffs, log)
        largest(log, 1, None, edge, True)
        subtract(log, edge, log)
        exp(log, policy)
        total(policy, 1, None, edge, True)
        divide(policy, edge, policy)
        ln(edge, edge)
        subtract(log, edge, log)


def extragradient_runs(game, steps):
    log, policy, payoffs, pulled = game["log"], game["policy"], game["payoffs"], game["pulled"]
    keep, push, edge, ln = game["keep"], game["push"], game["edge"], np.log
    base, half = game["base"], game["half"]
    first, second = evaluation(game["matrix"], policy, payoffs), evaluation(game["matrix"], half, payoffs)
    for _ in range(steps):
        multiply(log, keep, base)
        add(base, pulled, base)
        first()
        multiply(payoffs, push, payoffs)
        add(payoffs, base, payoffs)
        largest(payoffs, 1, None, edge, True)
        subtract(payoffs, edge, payoffs)
        exp(payoffs, half)
        total(half, 1, None, edge, True)
        divide(half, edge, half)
        second()
        multiply(payoffs, push, payoffs)
        add(payoffs, base, log)
        largest(log, 1, None, edge, True)
        subtract(log, edge, log)
        exp(log, policy)
        total(policy, 1, None, edge, True)
        divide(policy, edge, policy)
        ln(edge, edge)
        subtract(log, edge, log)


loops = {"mirror-descent": mirror_descent, "extragradient": extragradient}
loops_of_runs = {"mirror-descent": mirror_descent_runs, "extragradient": extragradient_runs}


def place(message, arrays):
    alone = len(arrays["start"]) == 1
    log = arrays["start"][0] if alone else arrays["start"]
    game = {
        "matrix": arrays["matrix"][0] if alone else arrays["matrix"],
        "log": log,
        "policy": np.exp(log),
        "payoffs": np.empty_like(log),
        "base": np.empty_like(log),
        "half": np.empty_like(log),
        "edge": np.empty((len(log), 1)),
        "pulled": message["pull"] * arrays["reference"],
        "keep": message["keep"],
        "push": message["push"],
    }
    loop = (loops if alone else loops_of_runs)[message["solver"]]
    return {**game, "take": lambda steps: loop(game, steps)}


serve(
    hello=lambda: {
        "python": platform.python_version(),
        "library": f"NumPy {np.__version__}",
        "blas": blas_library(),
    },
    place=place,
    read=lambda game, what: game["log"],
)
