"""Which plans are left when everything that cannot be best has been ruled out?

Branch and bound over masks: for each initiative the start years (and never) that are still open. A linear relaxation
bounds what a mask can hold; masks that cannot matter are dropped, the others split until their best plan is known.
What matters is the stage's to say (the most value, or later the least cost among equals), so ties survive here.

A mask is dropped only on the bound of a solved relaxation, a plan is taken only when it was checked exactly, and a
relaxation that is wrong about a plan is answered by splitting further: down to single plans if need be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from planner.domain.grid import Options, Vector

Mask = npt.NDArray[np.bool_]
"""initiatives × (years + never): True where the option is still open."""

MARGIN = 1e-6
"""In units of the relaxation, where everything is about 100: far above its rounding, far below what people see."""
WHOLE = 1e-6
ROUGH = 0.15
"""Cut while a point promises more than this share of what there is to lose; finer cuts cost more than they save."""
MOST_CUTS = 100
COVER_ROUNDS = 2
"""Rounds of covers at one node; the first finds most."""
CANDIDATES, GIVE_UP, RELIABLE = 8, 4, 4


@dataclass(frozen=True, slots=True)
class Point:
    """A solved relaxation: open options' shares, and by how much the bound worsens when an option is insisted on."""

    starts: Vector
    price: Vector
    closed: float


class Relaxation(Protocol):
    """A linear relaxation of one stage. Bounds are to be minimised."""

    def solve(self, mask: Mask, quick: bool = False) -> tuple[float, bool]:
        """(bound, True when it is proven); inf when nothing is left. quick: a rough figure will do."""

    def point(self) -> Point: ...

    def tighten(self, point: Point, tolerance: float) -> bool:
        """Cut off a point that promises more than it can keep by more than `tolerance`; False when there is no need."""

    def separate(self, point: Point) -> bool:
        """Cut off a half-decided point by what cannot fit together; False when nothing is found."""

    def tidy(self) -> None: ...


class Stage(Protocol):
    """What is being asked of the plans in the masks."""

    def limit(self) -> float:
        """Masks whose bound is above this cannot matter."""

    def offer(self, options: Options) -> float | None:
        """The score of a plan, checked exactly; None when it does not count."""


class Stopped(Exception):
    """Time is up, or somebody pressed stop."""


class TooHard(Exception):
    """More masks than the tree was given for its first attempt."""


@dataclass(slots=True)
class _Node:
    bound: float
    mask: Mask
    branch: tuple[int, int, int, float] | None = None
    """How it was made: (direction, initiative, year, distance moved), for learning what branching there costs."""


class Branching:
    """What branching has cost so far: summed loss and how often, by direction, initiative and year.

    Searches of one problem that differ in what is held share it, so that a later one need not try anew.
    """

    def __init__(self, initiatives: int, years: int) -> None:
        self.cost = np.zeros((2, initiatives, years))
        self.count = np.zeros((2, initiatives, years))


class Tree:
    """One search. watch(open bound, point or None) is called at every node and may raise Stopped."""

    def __init__(
        self,
        relaxation: Relaxation,
        years: int,
        watch: Callable[[float, Point | None], None],
        most_nodes: float = np.inf,
        branching: Branching | None = None,
    ) -> None:
        self.relaxation, self.never, self.watch, self.most_nodes = relaxation, years, watch, most_nodes
        self.branching = branching
        self.dropped = np.inf
        self.nodes = 0

    def explore(self, masks: list[Mask], stage: Stage) -> list[Mask]:
        """The masks that hold every plan whose score is within the limit, each with its best score known."""
        stack = [_Node(-np.inf, mask) for mask in masks]
        known = self.branching or Branching(len(masks[0]) if masks else 0, self.never)
        self.cost, self.count = known.cost, known.count
        kept: list[tuple[float, Mask]] = []
        while stack:
            node = stack.pop()
            if self._drop(node.bound, stage):
                continue
            if self.nodes >= self.most_nodes:
                raise TooHard
            self.nodes += 1
            self.open = min([node.bound, *(other.bound for other in stack)])
            children = self._settle(node, stage, kept)
            stack += children
        return [mask for score, mask in kept if score <= stage.limit()]

    def _drop(self, bound: float, stage: Stage) -> bool:
        if bound == np.inf:
            return True
        if bound > stage.limit():
            self.dropped = min(self.dropped, bound)
            return True
        return False

    def _settle(self, node: _Node, stage: Stage, kept: list[tuple[float, Mask]]) -> list[_Node]:
        """Bound one mask; keep it when its best plan is known, else what it splits into (the better half last)."""
        self.relaxation.tidy()
        mask, branch = node.mask, node.branch
        if not mask.any(axis=1).all():
            return []
        fine, covered = MARGIN / 2, 0
        for tries in range(MOST_CUTS):
            bound, proven = self.relaxation.solve(mask)
            if branch and proven:
                self._learn(branch, bound - node.bound)
            branch = None
            if not proven:
                self.watch(self.open, None)
                return self._split_blindly(node.bound, mask, stage, kept)
            bound = max(bound, node.bound)
            if self._drop(bound, stage):
                return []
            point = self.relaxation.point()
            self.watch(self.open, point)
            slack = min(stage.limit() - bound, 100.0)
            cut = self.relaxation.tighten(point, max(fine, ROUGH * slack))
            by = np.cumsum(point.starts.reshape(len(mask), self.never), axis=1)
            broken = np.minimum(by, 1 - by).max(initial=0.0) > WHOLE
            if broken and covered < COVER_ROUNDS and self.relaxation.separate(point):
                covered, cut = covered + 1, True
            if cut and tries < MOST_CUTS - 1:
                continue
            if broken:
                return self._branch(bound, self._fix(mask, point, slack), by, stage)
            options = np.where(by[:, -1] > 0.5, (by < 0.5).sum(axis=1), self.never)
            score = stage.offer(options)
            if score is not None and score <= bound + MARGIN:
                # What is left in the mask is worth no more than this plan, to the rounding of the relaxation.
                self.dropped = min(self.dropped, score)
                if score <= stage.limit():
                    kept.append((score, self._fix(mask, point, min(stage.limit() - bound, 100.0))))
                return []
            if not self.relaxation.tighten(point, fine):
                break
        return self._split(bound, mask, options)

    def _fix(self, mask: Mask, point: Point, slack: float) -> Mask:
        """Close the options that would cost more than there is to lose."""
        fixed = mask & ~(point.price > slack + MARGIN)
        return fixed if fixed.any(axis=1).all() else mask

    def _split(self, bound: float, mask: Mask, options: Options) -> list[_Node]:
        """The relaxation sees a plan the rules do not allow (or not what it is worth): set one initiative apart."""
        undecided = np.nonzero(mask.sum(axis=1) > 1)[0]
        if not len(undecided):
            return []
        one = int(undecided[0])
        with_it, without = mask.copy(), mask.copy()
        with_it[one] = False
        with_it[one, options[one]] = True
        without[one, options[one]] = False
        return [_Node(bound, without), _Node(bound, with_it)]

    def _split_blindly(self, bound: float, mask: Mask, stage: Stage, kept: list[tuple[float, Mask]]) -> list[_Node]:
        """Without a bound to trust: split by the first open option, and try the plan itself when none is left."""
        options = np.argmax(mask, axis=1)
        children = self._split(bound, mask, options)
        score = None if children else stage.offer(options)
        if score is not None and score <= stage.limit():
            kept.append((score, mask))
        return children

    def _branch(self, bound: float, mask: Mask, by: Vector, stage: Stage) -> list[_Node]:
        """Split on whether one initiative has started by one year: where both answers cost most."""
        slack = max(min(stage.limit() - bound, 100.0), MARGIN)
        known = self.count > 0
        usual = self.cost.sum(axis=(1, 2)) / np.maximum(self.count.sum(axis=(1, 2)), 1)
        guess = np.where(known, self.cost / np.maximum(self.count, 1), usual[:, None, None])
        loss = np.minimum(guess * np.stack([by, 1 - by]), slack)
        product = np.maximum(loss[0], 1e-4) * np.maximum(loss[1], 1e-4)
        fractional = np.minimum(by, 1 - by) > WHOLE
        candidates = np.argwhere(fractional)[np.argsort(-product[fractional], kind="stable")][:CANDIDATES]
        best, chosen, tried, misses = -1.0, (int(candidates[0, 0]), int(candidates[0, 1])), None, 0
        for initiative, year in candidates.tolist():
            bounds = None
            worth = float(product[initiative, year])
            if self.count[:, initiative, year].min() < RELIABLE:
                bounds = self._try(bound, mask, by, (initiative, year), slack)
                lost = [max(min(b - bound, slack), 1e-4) for b, _ in bounds]
                worth = lost[0] * lost[1]
            misses = 0 if worth > best else misses + 1
            if worth > best:
                best, chosen, tried = worth, (initiative, year), bounds
            if misses >= GIVE_UP or (bounds and any(b > stage.limit() and proven for b, proven in bounds)):
                break
        return self._children(bound, mask, by, chosen, tried, stage, loss)

    def _try(self, bound: float, mask: Mask, by: Vector, at: tuple[int, int], slack: float) -> list[tuple[float, bool]]:
        """Bounds of both halves, not followed to the end; what they cost is remembered."""
        bounds = []
        for direction in (0, 1):
            tried, proven = self.relaxation.solve(_half(mask, at, direction), quick=True)
            distance = float(by[at] if direction == 0 else 1 - by[at])
            self._learn((direction, *at, distance), min(tried - bound, slack))
            bounds.append((tried, proven))
        return bounds

    def _children(
        self,
        bound: float,
        mask: Mask,
        by: Vector,
        at: tuple[int, int],
        tried: list[tuple[float, bool]] | None,
        stage: Stage,
        loss: Vector,
    ) -> list[_Node]:
        children = []
        for direction in (0, 1):
            known, expected = bound, bound + float(loss[(direction, *at)])
            if tried is not None:
                expected, proven = tried[direction]
                known = max(bound, expected) if proven else bound
            distance = max(WHOLE, float(by[at] if direction == 0 else 1 - by[at]))
            if not self._drop(known, stage):
                learn = None if tried is not None else (direction, *at, distance)
                children.append((expected, _Node(known, _half(mask, at, direction), learn)))
        children.sort(key=lambda pair: -pair[0])
        return [node for _, node in children]

    def _learn(self, branch: tuple[int, int, int, float], loss: float) -> None:
        direction, initiative, year, distance = branch
        if np.isfinite(loss):
            self.cost[direction, initiative, year] += max(0.0, loss) / max(distance, WHOLE)
            self.count[direction, initiative, year] += 1


def _half(mask: Mask, at: tuple[int, int], direction: int) -> Mask:
    """The mask where an initiative has not (0) or has (1) started by a year."""
    initiative, year = at
    half = mask.copy()
    if direction:
        half[initiative, year + 1 :] = False
    else:
        half[initiative, : year + 1] = False
    return half
