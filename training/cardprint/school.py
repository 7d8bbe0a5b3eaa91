"""Lets the network go on learning, gently, and takes a part of the way from where it began."""

from collections.abc import Iterator
from multiprocessing import Queue, get_context
from time import perf_counter
from typing import Final

import cv2
import torch
from torch import Tensor
from torch.nn.functional import ctc_loss

from training.cardprint.lines import Artist, Batch
from training.cardprint.network import Recogniser

_FASTEST: Final = 6e-5
#: The first convolutions see strokes as well as they ever will.
_HELD_CONVOLUTIONS: Final = 14
#: The weights of the classes; rare ones would forget themselves in so few lines.
_CLASSES: Final = "linear_8.w_0"
#: A line that is this hard (natural logarithm, a character) cannot be read: it teaches guessing.
_HOPELESS: Final = 4.0
_AHEAD: Final = 6
_REPORT: Final = 50


def teach(net: Recogniser, artist: Artist, steps: int, first: int) -> None:
    """Learn from so many batches, those from number `first` on."""
    net.eval()  # statistics of its first education stay
    learning = net.hold(_HELD_CONVOLUTIONS, _CLASSES)
    optimiser = torch.optim.AdamW(learning, lr=_FASTEST, weight_decay=0.0)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _FASTEST, total_steps=steps, pct_start=0.08
    )
    began, losses = perf_counter(), 0.0
    for step, (pictures, wanted) in enumerate(_batches(artist, first, steps), 1):
        loss = _loss(net(torch.from_numpy(pictures)), wanted)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 2.0)
        optimiser.step()
        pace.step()
        losses += float(loss.detach())
        if step % _REPORT == 0:
            rate = (perf_counter() - began) / step
            print(f"{step}/{steps} loss {losses / _REPORT:.3f} {rate:.2f} s each", flush=True)
            losses = 0.0


def _loss(seen: Tensor, wanted: list[list[int]]) -> Tensor:
    lengths = torch.tensor([len(each) for each in wanted])
    steps = torch.full((len(wanted),), seen.shape[1])
    truth = torch.tensor([each for line in wanted for each in line])
    losses = ctc_loss(
        seen.permute(1, 0, 2), truth, steps, lengths, reduction="none", zero_infinity=True
    )
    each = losses / lengths
    return (each * (each < _HOPELESS)).mean()


def between(began: Recogniser, learned: Recogniser, share: float) -> None:
    """Move the learned weights back: `share` of the way from where they began is left.

    Half of the way reads the new print nearly as well and forgets less of the old.
    """
    with torch.no_grad():
        for name, weight in learned.weights().items():
            weight.lerp_(began.weight(name), 1 - share)


def _batches(artist: Artist, first: int, count: int) -> Iterator[Batch]:
    """Draw batches in a process of their own, a few ahead."""
    context = get_context("fork")
    ready: Queue[Batch] = context.Queue(_AHEAD)
    drawing = context.Process(target=_draw, args=(artist, first, count, ready), daemon=True)
    drawing.start()
    for _ in range(count):
        yield ready.get()
    drawing.join()


def _draw(artist: Artist, first: int, count: int, ready: "Queue[Batch]") -> None:
    cv2.setNumThreads(1)
    for number in range(first, first + count):
        ready.put(artist.batch(number))
