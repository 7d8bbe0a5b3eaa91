"""Lets the network learn from batch after batch, in several processes that learn as one."""

import copy
import os
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed
from torch.nn.functional import cross_entropy

from training.ocrb.lines import IGNORED
from training.ocrb.network import CLASSES, LineNet
from training.ocrb.recipe import Recipe, batches

_FASTEST: Final = 3e-3
_GENTLE: Final = 1e-3
_REPORT: Final = 100
_KEEP: Final = 500
#: Batches of a second round begin here, so that they are others than those of the first.
_FRESH: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to learn, by how many pupils, and where what was learned is kept meanwhile."""

    steps: int
    pupils: int = 2
    keep: Path | None = None
    #: Goes on from weights that are good already: smaller steps, other lines.
    gentle: bool = False


def teach(net: LineNet, recipe: Recipe, plan: Plan) -> None:
    """Learn in processes of one thread each: they see different lines and share each step."""
    context = get_context("fork")
    with TemporaryDirectory(prefix="ocrb-") as folder:
        meeting = f"{folder}/meeting"
        others = [
            context.Process(target=_pupil, args=(copy.deepcopy(net), recipe, plan, rank, meeting))
            for rank in range(1, plan.pupils)
        ]
        for other in others:
            other.start()
        _pupil(net, recipe, plan, 0, meeting)
        for other in others:
            other.join()


def _pupil(net: LineNet, recipe: Recipe, plan: Plan, rank: int, meeting: str) -> None:
    if rank:
        os.setsid()  # a fair share of a busy machine for each pupil, not one for all
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo", init_method=f"file://{meeting}", rank=rank, world_size=plan.pupils
    )
    _learn(net, recipe, plan, rank)
    distributed.destroy_process_group()


def _learn(net: LineNet, recipe: Recipe, plan: Plan, rank: int) -> None:
    """Go through the batches.

    Where each letter stands is known, so every step of the output is told what it should have
    said; that teaches faster than the text alone, and the peaks come to lie on the middles.
    Read out, it is a network of connectionist temporal classification like any other.
    """
    top = _GENTLE if plan.gentle else _FASTEST
    optimiser = torch.optim.AdamW(net.parameters(), lr=top, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, top, total_steps=plan.steps, pct_start=0.12
    )
    net.train().to(memory_format=torch.channels_last)
    first = (_FRESH if plan.gentle else 0) + rank * plan.steps
    began, losses, right, asked = perf_counter(), 0.0, 0, 0
    for step, (pictures, wanted) in enumerate(batches(recipe, first, plan.steps), 1):
        scores = net(_last(pictures)).reshape(-1, CLASSES)
        truth = torch.from_numpy(wanted).reshape(-1)
        loss = cross_entropy(scores, truth, ignore_index=IGNORED, label_smoothing=0.005)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        _share(net, plan.pupils)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        pace.step()
        losses += float(loss.detach())
        letters = truth > 0
        right += int((scores.argmax(1) == truth)[letters].sum())
        asked += int(letters.sum())
        if rank == 0 and step % _REPORT == 0:
            rate = step / (perf_counter() - began)
            print(
                f"{step}/{plan.steps} loss {losses / _REPORT:.4f} "
                f"letters {100 * right / asked:.2f} % {rate:.2f} batches/s",
                flush=True,
            )
            losses, right, asked = 0.0, 0, 0
        if rank == 0 and plan.keep is not None and step % _KEEP == 0:
            torch.save(net.state_dict(), plan.keep)
    if rank == 0 and plan.keep is not None:
        torch.save(net.state_dict(), plan.keep)


def _share(net: LineNet, pupils: int) -> None:
    """Give every pupil the mean of what all learned."""
    grads = [each.grad for each in net.parameters() if each.grad is not None]
    flat = torch.cat([each.reshape(-1) for each in grads])
    distributed.all_reduce(flat)
    flat /= pupils
    at = 0
    for each in grads:
        each.copy_(flat[at : at + each.numel()].view_as(each))
        at += each.numel()


def _last(pictures: NDArray[np.float32]) -> Tensor:
    """Lay pictures out in the order that is fastest on this kind of processor."""
    return torch.from_numpy(pictures).contiguous(memory_format=torch.channels_last)
