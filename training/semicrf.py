"""A semi-Markov random field over labelled stretches: the loss that scores begin, end and inside together.

A reading of W units is a row of stretches without overlap, each of one role, with free units between them.
Its score is the sum of its stretches' scores `spans[role, begin, end]` and of the transitions from the role
of the stretch before (`moves[former, role]`; former 0 is none yet). Sums over all readings take O(W^2).

Sarawagi, Cohen: Semi-Markov Conditional Random Fields for Information Extraction, NIPS 2004.
"""

from __future__ import annotations

import torch
from torch import Tensor

NEVER = -1e4


class _LogSum(torch.autograd.Function):
    """log of the summed exp of all readings' scores; its gradient is the marginal probabilities."""

    @staticmethod
    def forward(ctx, spans: Tensor, moves: Tensor) -> Tensor:
        total, span_probs, move_counts = marginals(spans, moves)
        ctx.save_for_backward(span_probs, move_counts)
        return total

    @staticmethod
    def backward(ctx, grad: Tensor):
        span_probs, move_counts = ctx.saved_tensors
        return grad[:, None, None, None] * span_probs, (grad[:, None, None] * move_counts).sum(0)


def marginals(spans: Tensor, moves: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(log sum [B], probability of each stretch [B, R, W, W], expected moves [B, R + 1, R])."""
    batch, roles, size, _ = spans.shape
    ending = spans.transpose(2, 3).contiguous()  # by end, then begin
    alpha = spans.new_full((size + 1, batch, roles + 1), NEVER)
    alpha[0, :, 0] = 0
    opening = spans.new_empty(batch, roles, size)  # score of all that comes before a stretch opens at b
    for t in range(size):
        opening[:, :, t] = torch.logsumexp(alpha[t, :, :, None] + moves, 1)
        closed = torch.logsumexp(opening[:, :, : t + 1] + ending[:, :, t, : t + 1], 2)
        alpha[t + 1, :, 0] = alpha[t, :, 0]
        alpha[t + 1, :, 1:] = torch.logaddexp(alpha[t, :, 1:], closed)
    total = torch.logsumexp(alpha[size], 1)
    beta = spans.new_zeros(batch, roles + 1, size + 1)
    after = spans.new_empty(size, batch, roles)  # score of a stretch opening at b and all behind it
    for t in range(size - 1, -1, -1):
        after[t] = torch.logsumexp(spans[:, :, t, t:] + beta[:, 1:, t + 1 :], 2)
        beta[:, :, t] = torch.logaddexp(beta[:, :, t + 1], torch.logsumexp(moves + after[t][:, None], 2))
    log_probs = spans + opening[:, :, :, None] + beta[:, 1:, None, 1:] - total[:, None, None, None]
    moved = alpha[:-1, :, :, None] + moves + after[:, :, None, :] - total[None, :, None, None]
    return total, log_probs.exp(), moved.exp().sum(0)


def negative_log_likelihood(spans: Tensor, moves: Tensor, gold: list[list[tuple[int, int, int]]]) -> Tensor:
    """Summed over the batch. `gold` holds each text's stretches (role, begin, end), inclusive, in order."""
    where = [(i, r, b, e) for i, row in enumerate(gold) for r, b, e in row]
    score = spans.new_zeros(())
    if where:
        i, r, b, e = torch.tensor(where).T
        former = torch.tensor([f for row in gold for f in _formers(row)])
        score = spans[i, r, b, e].sum() + moves[former, r].sum()
    return _LogSum.apply(spans, moves).sum() - score


def _formers(row: list[tuple[int, int, int]]) -> list[int]:
    return [0, *(r + 1 for r, _, _ in row[:-1])] if row else []
