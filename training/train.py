"""Train the tagger: python -m training.train --data FOLDER --weights FOLDER --out FILE [--turn N --down N]

`--data` holds polnear-train.jsonl.gz and polnear-parse-train.jsonl.gz; `--weights` holds config.json,
model.safetensors and vocab.txt of all-MiniLM-L6-v2. Seeded; prints the loss and the speed as it goes.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from oskil.reading.tagger.links import buckets
from oskil.reading.tagger.wordpieces import WordPieces
from training.batches import Batch, batches, epoch
from training.data import Article, Names, articles
from training.model import LinkHead, Network, pretrained
from training.semicrf import NEVER, negative_log_likelihood

CUE, CONTENT, SOURCE = 1, 2, 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is made of. Rates are AdamW's; a layer learns at `decay` of the rate of the one above."""

    tokens: int = 2048
    most: int = 254
    single: float = 0.3
    rate: float = 2e-4
    heads: float = 5  # times the rate, for what is not pretrained
    decay: float = 0.9
    hide: float = 0.04
    syntax: float = 0.15
    seed: int = 7


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The parts of the loss: of spans and syntax for a unit, of links for a link."""
    with torch.autocast("cpu", torch.bfloat16):
        x = network.vectors(batch.ids, batch.mask, batch.features, batch.first)
        scores = network.spans(x)
        syntax = network.syntax(x) if network.syntax else ()
    x = x.float()
    size = scores.shape[-1]
    sizes = torch.tensor(batch.sizes)
    outside = torch.arange(size)[None] >= sizes[:, None]
    scores = scores.masked_fill(outside[:, None, None, :], NEVER)
    gold = [[(s.role, s.begin, s.end) for s in row] for row in batch.gold]
    units = sum(batch.sizes)
    out = {
        "spans": negative_log_likelihood(scores, network.spans.moves, gold) / units * 20,
        "links": link_loss(network, x, batch),
    }
    if syntax:
        tags, relations, heads = (s.float() for s in syntax)
        heads = heads.masked_fill(outside[:, None, :], NEVER)
        out["syntax"] = sum(
            F.cross_entropy(s.flatten(0, 1), g.flatten(), ignore_index=-1)
            for s, g in ((tags, batch.tags), (relations, batch.relations), (heads, batch.heads))
        )
    return out


def link_loss(network: Network, x: Tensor, batch: Batch) -> Tensor:
    """Cross entropy of each content's cue among its window's, and of each cue's source, or none."""
    parts = []
    for i, (stretches, links) in enumerate(zip(batch.gold, batch.links, strict=True)):
        cues = [s for s in stretches if s.role == CUE]
        number = {j: n for n, j in enumerate(j for j, s in enumerate(stretches) if s.role == CUE)}
        if not links:
            continue
        pairs = [(number[c], stretches[x]) for c, xs, _ in links for x in xs]
        if pairs and len(cues) > 1:
            scores = link_scores(network.content, x[i], cues, [s for _, s in pairs])
            parts.append(F.cross_entropy(scores.T, torch.tensor([c for c, _ in pairs]), reduction="none"))
        sources = [s for s in stretches if s.role == SOURCE]
        place = {j: n for n, j in enumerate(j for j, s in enumerate(stretches) if s.role == SOURCE)}
        here = [number[c] for c, _, _ in links]
        targets = torch.tensor([place[ss[0]] if ss else len(sources) for _, _, ss in links])
        alone = network.source.free(network.source.drop(end_vectors(x[i], cues)))
        scores = torch.cat([link_scores(network.source, x[i], cues, sources), alone], 1) if sources else alone
        parts.append(F.cross_entropy(scores[here], targets, reduction="none"))
    return torch.cat(parts).mean() if parts else x.new_zeros(())


def end_vectors(x: Tensor, found) -> Tensor:
    return torch.cat([x[[s.begin for s in found]], x[[s.end for s in found]]], 1)


def link_scores(head: LinkHead, x: Tensor, cues, spans) -> Tensor:
    gap, between = (torch.from_numpy(b) for b in buckets(cues, spans))
    return head(end_vectors(x, cues), end_vectors(x, spans), gap, between)


def optimizer(network: Network, plan: Plan) -> torch.optim.Optimizer:
    """AdamW with a rate for each layer; no decay of biases, norms and lone numbers."""
    layers = len(network.encoder.layers)
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, value in network.named_parameters():
        if name.startswith("encoder.layers."):
            rate = plan.rate * plan.decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.features."):
            rate = plan.rate * plan.heads
        elif name.startswith("encoder."):
            rate = plan.rate * plan.decay**layers
        else:
            rate = plan.rate * plan.heads
        groups.setdefault((rate, 0.01 if value.dim() > 1 else 0.0), []).append(value)
    return torch.optim.AdamW(
        [{"params": v, "lr": r, "weight_decay": w} for (r, w), v in groups.items()], betas=(0.9, 0.98)
    )


@dataclass(slots=True)
class Course:
    """The share of the full rate at each step: up over `warm` steps, level, then down to nothing.

    The way down begins at step `turn` and takes `down` steps. With a limit in minutes it begins when two
    thirds of the time are spent, and is as long as the rest allows; the steps are printed, so that the same
    course can be asked for again.
    """

    warm: int
    turn: int
    down: int
    minutes: float | None = None

    def share(self, step: int) -> float:
        if step < self.warm:
            return (step + 1) / self.warm
        return min(1.0, max(0.0, (self.turn + self.down - step) / self.down))

    def watch(self, step: int, seconds: float, recent: float) -> None:
        """`recent` is what a step took of late, in seconds."""
        if self.minutes is not None and seconds > self.minutes * 40:
            self.turn, self.down = step, max(1, int((self.minutes * 60 - seconds) / recent))
            self.minutes = None
            print(f"down from step {self.turn} to {self.turn + self.down}", flush=True)


def train(network: Network, found: Sequence[Article], plan: Plan, course: Course, out: Path) -> None:
    """Runs until the course ends; every pass cuts the articles anew."""
    rng = random.Random(plan.seed)
    grouped = optimizer(network, plan)
    full = [group["lr"] for group in grouped.param_groups]
    network.train()
    began = time.monotonic()
    step, seen, sums, marks = 0, 0, {}, [began]
    while step < course.turn + course.down:
        for batch in batches(epoch(found, rng, plan.most, plan.single, plan.tokens), rng, plan.hide):
            for group, rate in zip(grouped.param_groups, full, strict=True):
                group["lr"] = rate * course.share(step)
            parts = losses(network, batch)
            total = parts["spans"] + 0.5 * parts["links"] + plan.syntax * parts.get("syntax", 0.0)
            grouped.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            grouped.step()
            step += 1
            seen += int(batch.mask.sum())
            for name, value in parts.items():
                sums[name] = 0.98 * sums.get(name, value.item()) + 0.02 * value.item()
            marks = [*marks[-50:], time.monotonic()]
            recent = (marks[-1] - marks[0]) / (len(marks) - 1)
            course.watch(step, marks[-1] - began, recent)
            if step % 20 == 0:
                shown = " ".join(f"{n} {v:.3f}" for n, v in sums.items())
                took = marks[-1] - began
                print(f"{step} {shown} {seen} pieces {took:.0f} s {recent:.2f} s/step", flush=True)
            if step % 200 == 0:
                save(network, out)
            if step >= course.turn + course.down:
                break
    save(network, out)


def restored(path: Path) -> Network:
    """A saved network, without the syntax heads, which are not kept."""
    saved = torch.load(path, weights_only=True)
    network = Network(saved["config"])
    network.load_state_dict(saved["state"])
    return network


def save(network: Network, out: Path) -> None:
    state = {n: v for n, v in network.state_dict().items() if not n.startswith("syntax.")}
    torch.save({"config": network.config, "state": state}, out)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--weights", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--turn", type=int, default=1200, help="the step at which the rates begin to fall")
    asked.add_argument("--down", type=int, default=600, help="the steps that they take to fall")
    asked.add_argument("--minutes", type=float, default=None, help="choose both by the clock instead")
    asked.add_argument("--rate", type=float, default=Plan().rate)
    asked.add_argument("--start", type=Path, default=None, help="go on from this run's FILE, without syntax")
    asked.add_argument("--seed", type=int, default=Plan().seed)
    asked.add_argument("--articles", type=int, default=None, help="only so many, for a trial")
    asked.add_argument("--threads", type=int, default=2)
    given = asked.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    wordpieces = WordPieces.load(given.weights / "vocab.txt")
    tags, relations = Names(), Names()
    found = articles(
        given.data / "polnear-train.jsonl.gz",
        given.data / "polnear-parse-train.jsonl.gz",
        wordpieces,
        tags,
        relations,
    )[: given.articles]
    network = restored(given.start) if given.start else pretrained(given.weights, len(tags), len(relations))
    print(f"{len(found)} articles, {len(tags)} tags, {len(relations)} relations", flush=True)
    endless = 10**9
    turn = endless if given.minutes else given.turn
    course = Course(60, turn, given.down, given.minutes)
    train(network, found, Plan(seed=given.seed, rate=given.rate), course, given.out)


if __name__ == "__main__":
    main()
