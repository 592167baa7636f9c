"""Extragradient in eager PyTorch, the way simulations in this field are written; driven as `lines.py` says.

The logits of all runs are one parameter [B, K], a policy its softmax. The loss of a run is the mean over all pairs of
actions (a, b) of

    ((log π_a/ρ_a − log π_b/ρ_b) − (q_a − q_b)/τ)²,        q = P·opponent, held fixed,

whose gradient in the logits is 4/K·(Δ − mean Δ) with Δ = log π/ρ − q/τ. A step of plain SGD with learning rate ητK/4
is therefore the mirror step with step size η. Extragradient takes that step, measures q at the policy it reached, goes
back, and takes the step again with the new q. After every step the gap of the regularised game is measured and kept.
"""

import platform

import torch
from torch import nn

from lines import blas_library, serve


class Policies(nn.Module):
    """One softmax policy per run."""

    def __init__(self, log):
        super().__init__()
        self.logits = nn.Parameter(log.clone())

    def forward(self):
        return torch.log_softmax(self.logits, dim=-1)


def pairs(values):
    """Differences of all pairs, [B, K] to [B, K, K]."""
    return values.unsqueeze(-1) - values.unsqueeze(-2)


class Simulation:
    def __init__(self, matrix, start, reference, temperature, step_size):
        self.transposed, self.reference, self.temperature = matrix[0].T, reference, temperature
        self.policies = Policies(start)
        actions = start.shape[-1]
        self.pairs = actions**2
        rate = step_size * temperature * actions / 4
        self.optimizer = torch.optim.SGD(self.policies.parameters(), lr=rate)
        self.gaps = []

    @torch.no_grad()
    def win_rates(self):
        """P(a ≻ π) of every action against the current policies, [B, K]."""
        return torch.softmax(self.policies.logits, dim=-1) @ self.transposed

    @torch.no_grad()
    def gap(self):
        """2τ·KL(π‖BR_τ(π)) per run, [B]."""
        log = self.policies()
        policy = log.exp()
        reply = torch.log_softmax(self.reference + policy @ self.transposed / self.temperature, dim=-1)
        return 2 * self.temperature * (policy * (log - reply)).sum(dim=-1)

    def descend(self, win_rates):
        self.optimizer.zero_grad(set_to_none=True)
        ratios, targets = pairs(self.policies() - self.reference), pairs(win_rates / self.temperature)
        loss = (ratios - targets).square().sum() / self.pairs
        loss.backward()
        self.optimizer.step()

    def step(self):
        before = self.policies.logits.detach().clone()
        self.descend(self.win_rates())
        opposed = self.win_rates()
        with torch.no_grad():
            self.policies.logits.copy_(before)
        self.descend(opposed)
        self.gaps.append(self.gap())

    def take(self, steps):
        self.gaps = []
        for _ in range(steps):
            self.step()


def place(message, arrays):
    kind = {"float32": torch.float32, "float64": torch.float64}[message["dtype"]]
    matrix, start, reference = (torch.from_numpy(arrays[name]).to(kind) for name in ("matrix", "start", "reference"))
    simulation = Simulation(matrix, start, reference, message["temperature"], message["push"])
    return {"simulation": simulation, "take": simulation.take}


def read(game, what):
    simulation = game["simulation"]
    if what == "gaps":
        return torch.stack(simulation.gaps).double().numpy()
    with torch.no_grad():
        return simulation.policies().double().numpy()


def hello():
    torch.set_num_threads(1)
    return {"python": platform.python_version(), "library": f"PyTorch {torch.__version__}", "blas": blas_library()}


serve(hello, place, read)
